// GraphiQL against the endpoint that serves this page. Nothing here, or in what it bundles, leaves that origin.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import EditorWorker from "monaco-editor/esm/vs/editor/editor.worker.js?worker";
import JsonWorker from "monaco-editor/esm/vs/language/json/json.worker.js?worker";
import GraphQLWorker from "monaco-graphql/esm/graphql.worker.js?worker";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./main.css";

// GraphiQL's own `setup-workers/vite` does the same, and writes to the console each time.
const WORKERS = { graphql: GraphQLWorker, json: JsonWorker };
globalThis.MonacoEnvironment = { getWorker: (_id, label) => new (WORKERS[label] ?? EditorWorker)() };

const FIRST_QUERY = `# Who acts on this opportunity, in which role?
# Ctrl-Enter runs it, Ctrl-Space completes, and
# the book on the left explains every field.
{
  opportunity(key: "R2") {
    name
    departments {
      role
      department {
        name
      }
    }
  }
}
`;

const fetcher = createGraphiQLFetcher({
  url: "/graphql",
  enableIncrementalDelivery: false,
  headers: { accept: "application/graphql-response+json, application/json" },
});

// A link may carry an operation, so that a question can be shared: /graphql?query=…&variables=…
const link = new URLSearchParams(window.location.search);

createRoot(document.getElementById("graphiql")).render(
  createElement(
    GraphiQL,
    {
      fetcher,
      defaultQuery: FIRST_QUERY,
      initialQuery: link.get("query") ?? undefined,
      initialVariables: link.get("variables") ?? undefined,
    },
    createElement(GraphiQL.Logo, null, "graph_api"),
  ),
);
