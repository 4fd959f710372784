// The rules that schema.graphql keeps: all that graphql-eslint has for schemas, and Relay's. What is off says why.
import { fileURLToPath } from "node:url";
import plugin from "@graphql-eslint/eslint-plugin";

const own = {
  // Every word of the schema is explained, not only its types.
  "require-description": ["error", {
    types: true,
    rootField: true,
    DirectiveDefinition: true,
    FieldDefinition: true,
    InputValueDefinition: true,
    EnumValueDefinition: true,
  }],
  // A connection's `nodes` and a field's tags are lists too; that a connection's `edges` are edges is checked all the same.
  // A change is an event, found in `changes` and no Node.
  "relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
  // `opportunityStatus`: a field name has one type across all kinds, so that fragments never conflict (docs/decisions/0006-names.md).
  "no-typename-prefix": "off",
  // What has an identity implements Node and has its `id` by that; edges, connections and the parts of an answer have none.
  "strict-id-in-types": "off",
  // Fields stand in the order in which people read them: identity, what it is, its links.
  "alphabetize": "off",
  // A list is there even where it is empty; what may be missing (`opportunity(key:)`, `node`, `trace`) can be null.
  "require-nullable-result-in-root": "off",
  // A payload has what was changed, read in the same transaction; anything else is a query of its own.
  "require-field-of-type-query-in-mutation-result": "off",
  // It would forbid mutations.
  "no-root-type": "off",
};

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: {
      parser: plugin.parser,
      parserOptions: { graphQLConfig: { schema: fileURLToPath(new URL("../../schema.graphql", import.meta.url)) } },
    },
    linterOptions: { noInlineConfig: true },
    plugins: { "@graphql-eslint": plugin },
    rules: {
      ...plugin.configs["flat/schema-all"].rules,
      ...plugin.configs["flat/schema-relay"].rules,
      ...Object.fromEntries(Object.entries(own).map(([name, setting]) => [`@graphql-eslint/${name}`, setting])),
    },
  },
];
