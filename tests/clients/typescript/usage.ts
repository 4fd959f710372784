// What a program does with the generated types; it need only compile.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { graphql, useFragment } from "../build/codegen/client";
import {
  AnythingDocument,
  OpportunitiesDocument,
  OpportunityFragmentDoc,
  PageFragmentDoc,
  ThingFragmentDoc,
} from "../build/codegen/client/graphql";
import type {
  OpportunitiesQuery,
  OpportunitiesQueryVariables,
  OpportunityFragment,
  PageFragment,
} from "../build/codegen/client/graphql";
import type { Kpi, OpportunityEdge, Promise as PromiseKind, QueryOpportunitiesArgs } from "../build/codegen/schema";

declare function ask<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data>;

export async function everyOpportunity(filter: OpportunitiesQueryVariables["filter"]): Promise<OpportunityFragment[]> {
  const found: OpportunityFragment[] = [];
  let after: string | null | undefined = null;
  do {
    const answer: OpportunitiesQuery = await ask(OpportunitiesDocument, { after, filter });
    const { opportunities } = answer;
    opportunities.totalCount satisfies number;
    for (const { node } of opportunities.edges) {
      const opportunity = useFragment(OpportunityFragmentDoc, node);
      opportunity.customerValue satisfies number | null;
      opportunity.createdAt satisfies string | null;
      if (opportunity.ownedBy?.__typename === "Department") opportunity.ownedBy.key satisfies string;
      node.insights.edges.map((edge) => edge.confidence ?? 0) satisfies number[];
      found.push(opportunity);
    }
    const page: PageFragment = useFragment(PageFragmentDoc, opportunities.pageInfo);
    after = page.hasNextPage ? page.endCursor : null;
  } while (after);
  return found;
}

export async function nameOf(id: string): Promise<string | null> {
  const { node } = await ask(AnythingDocument, { id });
  const thing = useFragment(ThingFragmentDoc, node);
  if (thing?.__typename === "Measurement") return thing.measuredOn;
  return thing && "name" in thing ? thing.name : null;
}

// A wrong filter or order does not compile.
export const variables: OpportunitiesQueryVariables = {
  filter: {
    or: [
      { name: { contains: "save" } },
      { insights: { some: { confidence: { gte: 0.5 }, node: { key: { eq: "F2a" } } } } },
    ],
  },
  orderBy: [{ by: "CUSTOMER_VALUE", direction: "DESC" }],
};
// @ts-expect-error a number is no text
export const wrongFilter: OpportunitiesQueryVariables = { filter: { name: { contains: 1 } } };
// @ts-expect-error no field of that name to order by
export const wrongOrder: OpportunitiesQueryVariables = { orderBy: [{ by: "INSIGHTS" }] };

// The types of the whole schema, beside those of the operations.
export type Whole = [Kpi["key"], OpportunityEdge["cursor"], PromiseKind["name"], QueryOpportunitiesArgs["filter"]];
export { graphql };
