// Whatever an id stands for, with fragments on the interfaces and on kinds.
import { graphql, useLazyLoadQuery } from "react-relay";
import type { AnythingQuery } from "../build/relay/AnythingQuery.graphql";

export function useAnything(id: string): string | null {
  const { node } = useLazyLoadQuery<AnythingQuery>(
    graphql`
      query AnythingQuery($id: ID!) {
        node(id: $id) {
          __typename
          ... on Entity {
            name
            updatedAt
          }
          ... on Measurement {
            measuredOn
            value
          }
          ... on Initiative {
            opportunities(last: 5) {
              nodes {
                ...OpportunityCard_opportunity
              }
            }
          }
        }
      }
    `,
    { id },
  );
  return node?.name ?? node?.measuredOn ?? null;
}
