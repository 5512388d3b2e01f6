import { listOf, objectOf } from "./values";

/** A statement that allows something, with every single value as a list. */
export interface AllowStatement {
  /** What a person finds it by: its Sid, or its place in the document. */
  readonly label: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Principals of every kind, `*` included. */
  readonly principals: readonly Principal[];
  /** Elements that allow everything but what they name. */
  readonly negations: readonly string[];
  readonly hasCondition: boolean;
}

interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`; `*` stands for itself. */
  readonly kind: string;
  readonly name: string;
}

/**
 * The statements of an IAM policy document that allow something, or undefined where it is none. A
 * document is a text or, before the provider has seen it, an object.
 */
export function allowStatements(document: unknown): readonly AllowStatement[] | undefined {
  const statements = objectOf(typeof document === "string" ? parsed(document) : document)[
    "Statement"
  ];
  if (statements === undefined || statements === null) {
    return undefined;
  }
  return listOf(statements)
    .map((statement, index) => ({ statement: objectOf(statement), place: index + 1 }))
    .filter(({ statement }) => statement["Effect"] === "Allow")
    .map(({ statement, place }) => ({
      label: typeof statement["Sid"] === "string" ? statement["Sid"] : `statement ${String(place)}`,
      actions: textsOf(statement["Action"]),
      resources: textsOf(statement["Resource"]),
      principals: principalsOf(statement["Principal"]),
      negations: NEGATIONS.filter((element) => statement[element] !== undefined),
      hasCondition: Object.keys(objectOf(statement["Condition"])).length > 0,
    }));
}

const NEGATIONS = ["NotAction", "NotResource", "NotPrincipal"];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((entry) => typeof entry === "string");

function principalsOf(value: unknown): readonly Principal[] {
  if (typeof value === "string") {
    return [{ kind: value, name: value }];
  }
  return Object.entries(objectOf(value)).flatMap(([kind, names]) =>
    textsOf(names).map((name) => ({ kind, name })),
  );
}
