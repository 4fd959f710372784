"""The kinds of the graph, in the order of the thread: strategy, customers, journeys, insight, action, organisation."""
