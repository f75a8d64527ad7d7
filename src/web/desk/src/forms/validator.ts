import { Validator, type OutputUnit } from "@cfworker/json-schema";
import { createErrorHandler, toErrorList, unwrapErrorHandler, validationDataMerge, type RJSFSchema, type ValidatorType } from "@rjsf/utils";
import { pathOf, type Schema } from "./schema";

/** One thing wrong: which field, which rule of the schema. */
export interface Violation {
  path: (string | number)[];
  keyword: string;
  /** The property that is missing, for `required`. */
  missing?: string;
  /** JSON pointer of the rule in the schema. */
  rule: string;
}

// Interpreted, never compiled: the content security policy forbids eval, which is how the usual validator works.
const compiled = new WeakMap<object, Validator>();

function validatorFor(schema: Schema, root?: Schema): Validator {
  const known = compiled.get(schema);
  if (known) return known;
  const whole = root && root !== schema && root["$defs"] && !schema["$defs"] ? { ...schema, $defs: root["$defs"] } : schema;
  const made = new Validator(whole as never, "2020-12", false);
  compiled.set(schema, made);
  return made;
}

const wrappers = new Set(["properties", "items", "prefixItems", "allOf", "if", "then", "else", "$ref", "additionalProperties", "dependentSchemas", "false"]);
const alternatives = new Set(["anyOf", "oneOf", "not"]);

/** Everything that is wrong with the data, each field's own message once, alternatives reported as one. */
export function violations(schema: Schema, data: unknown): Violation[] {
  const { errors } = validatorFor(schema).validate(data);
  const choices = errors.filter((e) => alternatives.has(e.keyword)).map((e) => e.keywordLocation);
  const seen = new Set<string>();
  const out: Violation[] = [];
  for (const error of errors) {
    if (wrappers.has(error.keyword) && !isForbiddenProperty(error)) continue;
    if (choices.some((c) => error.keywordLocation.startsWith(`${c}/`))) continue;
    const path = pathOf(error.instanceLocation.replace(/^#\/?/, "").split("/").map(decode).join("."));
    const missing = error.keyword === "required" || error.keyword === "dependentRequired" ? error.error.match(/property "([^"]+)"\.?$/)?.[1] : undefined;
    const key = JSON.stringify([path, error.keyword, missing]);
    if (seen.has(key)) continue;
    seen.add(key);
    out.push({ path: missing === undefined ? path : [...path, missing], keyword: error.keyword, rule: error.keywordLocation, ...(missing !== undefined && { missing }) });
  }
  return out;
}

const isForbiddenProperty = (error: OutputUnit) => error.keyword === "additionalProperties" && !error.error.includes("does not match");
const decode = (part: string) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");

/** The renderer's view of the same validator; it needs it to resolve if/then/else and alternatives. */
export const interpreter: ValidatorType = {
  isValid: (schema: RJSFSchema, data: unknown, root: RJSFSchema) => validatorFor(schema as Schema, root as Schema).validate(data === undefined ? null : data).valid,
  rawValidation: <Result,>(schema: RJSFSchema, data?: unknown) => ({ errors: violations(schema as Schema, data) as Result[] }),
  validateFormData: (data, schema, customValidate, _transform, uiSchema) => {
    const validation = { errors: [], errorSchema: {} };
    if (!customValidate) return validation;
    const handler = customValidate(data, createErrorHandler(data), uiSchema);
    const errorSchema = unwrapErrorHandler(handler);
    void schema;
    return validationDataMerge(validation, { errors: toErrorList(errorSchema), errorSchema } as never);
  },
};
