// A list of opportunities that is loaded page by page, each with its insights, again page by page.
import { graphql, useFragment, useLazyLoadQuery, usePaginationFragment, useRefetchableFragment } from "react-relay";
import type { OpportunityCard_opportunity$key } from "../build/relay/OpportunityCard_opportunity.graphql";
import type { OpportunityInsights_opportunity$key } from "../build/relay/OpportunityInsights_opportunity.graphql";
import type { OpportunityInsightsPage } from "../build/relay/OpportunityInsightsPage.graphql";
import type { OpportunityList_query$key } from "../build/relay/OpportunityList_query.graphql";
import type { OpportunityListPage } from "../build/relay/OpportunityListPage.graphql";
import type { OpportunityListQuery } from "../build/relay/OpportunityListQuery.graphql";
import type { OpportunityCardAgain } from "../build/relay/OpportunityCardAgain.graphql";

export function useOpportunities(minimum: number) {
  const query = useLazyLoadQuery<OpportunityListQuery>(
    graphql`
      query OpportunityListQuery($count: Int = 10, $cursor: String, $filter: OpportunityFilter) {
        ...OpportunityList_query @arguments(count: $count, cursor: $cursor, filter: $filter)
      }
    `,
    { count: 2, filter: { customerValue: { gte: minimum }, opportunityStatus: { isNull: false } } },
  );
  return useOpportunityPages(query);
}

function useOpportunityPages(query: OpportunityList_query$key) {
  const { data, loadNext, hasNext, refetch } = usePaginationFragment<OpportunityListPage, OpportunityList_query$key>(
    graphql`
      fragment OpportunityList_query on Query
      @refetchable(queryName: "OpportunityListPage")
      @argumentDefinitions(
        count: { type: "Int", defaultValue: 10 }
        cursor: { type: "String" }
        filter: { type: "OpportunityFilter" }
        orderBy: { type: "[OpportunityOrder!]", defaultValue: [{ by: CUSTOMER_VALUE, direction: DESC }, { by: KEY }] }
      ) {
        opportunities(first: $count, after: $cursor, filter: $filter, orderBy: $orderBy)
          @connection(key: "OpportunityList_opportunities", filters: ["filter", "orderBy"]) {
          totalCount
          edges {
            cursor
            node {
              id
              ...OpportunityCard_opportunity
              ...OpportunityInsights_opportunity
            }
          }
        }
      }
    `,
    query,
  );
  const more = () => {
    if (hasNext) loadNext(10);
  };
  const byName = () => refetch({ orderBy: [{ by: "NAME", direction: "ASC" }] });
  return { total: data.opportunities.totalCount, opportunities: data.opportunities.edges.map((edge) => edge.node), more, byName };
}

export function useInsights(opportunity: OpportunityInsights_opportunity$key) {
  const { data, loadNext, loadPrevious } = usePaginationFragment<
    OpportunityInsightsPage,
    OpportunityInsights_opportunity$key
  >(
    graphql`
      fragment OpportunityInsights_opportunity on Opportunity
      @refetchable(queryName: "OpportunityInsightsPage")
      @argumentDefinitions(
        first: { type: "Int", defaultValue: 3 }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        insights(first: $first, after: $after, last: $last, before: $before)
          @connection(key: "OpportunityInsights_insights") {
          edges {
            confidence
            rationale
            node {
              key
              name
              createdAt
            }
          }
        }
      }
    `,
    opportunity,
  );
  const names: string[] = data.insights.edges.map((edge) => edge.node.name);
  return { names, forwards: () => loadNext(3), backwards: () => loadPrevious(3) };
}

export function useCard(opportunity: OpportunityCard_opportunity$key) {
  const [card, refetch] = useRefetchableFragment<OpportunityCardAgain, OpportunityCard_opportunity$key>(
    graphql`
      fragment OpportunityCard_opportunity on Opportunity @refetchable(queryName: "OpportunityCardAgain") {
        key
        name
        customerValue
        opportunityStatus
        ownedBy {
          __typename
          name
          ... on Department {
            key
          }
        }
      }
    `,
    opportunity,
  );
  return { card, again: () => refetch({}, { fetchPolicy: "network-only" }) };
}
