import type { TFunction } from "i18next";
import { pointer, schemaAt, type Schema } from "./schema";
import type { Violation } from "./validator";

/** A rule of the form in words a person can act on, with the figure and its unit. */
export function explain(violation: Violation, schema: Schema, t: TFunction): string {
  const rule = pointer(schema, violation.rule) as unknown;
  const field = schemaAt(schema, violation.path);
  const unit = typeof field?.["x-unit"] === "string" ? ` ${field["x-unit"]}` : "";
  const list = field?.type === "array";
  switch (violation.keyword) {
    case "required":
    case "dependentRequired":
      return t(list ? "form.rule.requiredList" : "form.rule.required");
    case "minimum":
      return t("form.rule.minimum", { limit: `${String(rule)}${unit}` });
    case "maximum":
      return t("form.rule.maximum", { limit: `${String(rule)}${unit}` });
    case "exclusiveMinimum":
      return t("form.rule.exclusiveMinimum", { limit: `${String(rule)}${unit}` });
    case "exclusiveMaximum":
      return t("form.rule.exclusiveMaximum", { limit: `${String(rule)}${unit}` });
    case "multipleOf":
      return t("form.rule.multipleOf", { step: String(rule) });
    case "minLength":
      return rule === 1 ? t("form.rule.required") : t("form.rule.minLength", { count: Number(rule) });
    case "maxLength":
      return t("form.rule.maxLength", { count: Number(rule) });
    case "minItems":
      return rule === 1 ? t("form.rule.requiredList") : t("form.rule.minItems", { count: Number(rule) });
    case "maxItems":
      return t("form.rule.maxItems", { count: Number(rule) });
    case "uniqueItems":
      return t("form.rule.uniqueItems");
    case "pattern":
      return t("form.rule.pattern");
    case "format":
      return t("form.rule.format");
    case "enum":
      return t("form.rule.enum");
    case "const":
      return rule === true ? t("form.rule.mustConfirm") : t("form.rule.const", { value: String(rule) });
    case "type":
      return t(rule === "number" || rule === "integer" ? (rule === "integer" ? "form.rule.integer" : "form.rule.number") : "form.rule.type");
    case "additionalProperties":
      return t("form.rule.unknownField");
    default:
      return t("form.rule.other");
  }
}
