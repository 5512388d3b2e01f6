import { addressRange, containsAddresses } from "./address-range";
import type { Condition } from "./statements";
import { covers } from "./wildcards";

/** True where every request that meets all `inner` conditions meets all `outer` ones; false where that cannot be told. */
export function areImplied(outer: readonly Condition[], inner: readonly Condition[]): boolean {
  return outer.every((condition) => inner.some((other) => implies(other, condition)));
}

function implies(strict: Condition, loose: Condition): boolean {
  if (strict.key.toLowerCase() !== loose.key.toLowerCase()) {
    return false;
  }
  const [one, other] = [partsOf(strict.operator), partsOf(loose.operator)];
  const sameForm = one.quantifier === other.quantifier && one.comparison === other.comparison;
  if (!sameForm || (one.ifExists && !other.ifExists)) {
    return false;
  }
  const covering = COVERING[other.comparison];
  if (covering === undefined) {
    return strict.values.join("\n") === loose.values.join("\n");
  }
  // Values are alternatives; of a negated operator every one is forbidden.
  return other.negated
    ? loose.values.every((value) => covering(strict.values, value))
    : strict.values.every((value) => covering(loose.values, value));
}

/** `ForAllValues:StringNotLikeIfExists` in its parts. */
function partsOf(operator: string) {
  const [, quantifier = "", name = "", exists] =
    /^((?:ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(operator) ?? [];
  const comparison = SPELLINGS[name.toLowerCase()] ?? name.toLowerCase();
  return {
    quantifier: quantifier.toLowerCase(),
    comparison,
    ifExists: exists !== undefined,
    negated: comparison.includes("not"),
  };
}

/** IAM takes ArnEquals for ArnLike. */
const SPELLINGS: Readonly<Record<string, string>> = {
  arnequals: "arnlike",
  arnnotequals: "arnnotlike",
};

type Covering = (values: readonly string[], value: string) => boolean;

const bySame: Covering = (values, value) => values.includes(value);
const byCase: Covering = (values, value) =>
  values.some((other) => other.toLowerCase() === value.toLowerCase());
const byAddress: Covering = (values, value) => {
  const inner = rangeOf(value);
  return (
    values.includes(value) ||
    values.some((other) => {
      const outer = rangeOf(other);
      return outer !== undefined && inner !== undefined && containsAddresses(outer, inner);
    })
  );
};

/** An address alone is a block of one. */
function rangeOf(value: string) {
  return addressRange(
    value.includes("/") ? value : `${value}/${value.includes(":") ? "128" : "32"}`,
  );
}

/** How more values make a condition wider; of any other operator only the same values are the same. */
const COVERING: Readonly<Record<string, Covering>> = {
  stringequals: bySame,
  stringnotequals: bySame,
  stringequalsignorecase: byCase,
  stringnotequalsignorecase: byCase,
  stringlike: covers,
  stringnotlike: covers,
  arnlike: covers,
  arnnotlike: covers,
  numericequals: bySame,
  numericnotequals: bySame,
  bool: bySame,
  ipaddress: byAddress,
  notipaddress: byAddress,
};
