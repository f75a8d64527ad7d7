import type { Checklist, Form, Language } from "@powerworkflow/api-client";
import { Theme as AntdTheme } from "@rjsf/antd";
import { withTheme } from "@rjsf/core";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ChecklistField } from "./ChecklistField";
import { errorSchemaOf, type FieldProblem } from "./problems";
import type { PreparedForm } from "./schema";
import { templates } from "./templates";
import { interpreter } from "./validator";
import { GeoField } from "./widgets/GeoField";
import { widgets } from "./widgets";

const SchemaForm = withTheme({
  ...AntdTheme,
  templates: { ...AntdTheme.templates, ...templates },
  widgets: { ...AntdTheme.widgets, ...widgets },
  fields: { checklist: ChecklistField, geo: GeoField },
} as never);

/** What widgets may need beyond their own value. */
export interface FormContext {
  language: Language;
  caseId: string | null;
  taskId: string | null;
  /** Everything known of the case, for limits that refer to another section. */
  data: Record<string, unknown>;
  checklists: Record<string, Checklist>;
  /** In a later round of an inspection: the items to look at again. */
  again: ReadonlySet<string> | null;
  touch: (path: string) => void;
}

interface Props {
  form: Form;
  prepared: PreparedForm;
  values: Record<string, unknown>;
  onChange: (values: Record<string, unknown>) => void;
  problems: FieldProblem[];
  /** After a first attempt to finish, what is missing is said too. */
  attempted: boolean;
  readOnly?: boolean;
  caseId?: string | null;
  taskId?: string | null;
  again?: ReadonlySet<string> | null;
}

// Nothing is filled in by the renderer: it would answer every required yes-or-no with "no" and tick every box that has
// to be ticked, and a person would sign for answers nobody gave. Declared defaults are laid in by `withDefaults`.
const defaults = { emptyObjectFields: "skipDefaults", constAsDefaults: "never", arrayMinItems: { populate: "never" } } as const;

export function DataForm({ form, prepared, values, onChange, problems, attempted, readOnly = false, caseId = null, taskId = null, again = null }: Props) {
  const { i18n } = useTranslation();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const touch = useCallback((path: string) => setTouched((old) => (old.has(path) ? old : new Set(old).add(path))), []);

  const shown = useMemo(
    () => problems.filter((p) => attempted || (!p.missing && touched.has(p.path))),
    [problems, attempted, touched],
  );
  const extraErrors = useMemo(() => errorSchemaOf(shown), [shown]);
  const own = useMemo(() => Object.fromEntries(prepared.sections.map((s) => [s, values[s] ?? {}])), [prepared.sections, values]);
  const context: FormContext = { language: i18n.language === "en" ? "en" : "zh-CN", caseId, taskId, data: values, checklists: form.checklists ?? {}, again, touch };

  // The renderer reports a change when it merely fills in defaults; only a difference is somebody's input.
  const last = useRef(own);
  last.current = own;

  return (
    <SchemaForm
      idPrefix="f"
      schema={prepared.schema as never}
      uiSchema={prepared.uiSchema as never}
      formData={own}
      formContext={context}
      validator={interpreter}
      noValidate
      noHtml5Validate
      showErrorList={false}
      extraErrors={extraErrors as never}
      readonly={readOnly}
      tagName="div"
      experimental_defaultFormStateBehavior={defaults}
      onChange={(event: { formData?: unknown }) => {
        const next = (event.formData ?? {}) as Record<string, unknown>;
        if (!readOnly && JSON.stringify(next) !== JSON.stringify(last.current)) onChange({ ...values, ...next });
      }}
      onBlur={(id: string) => touch(fieldOf(id, prepared.sections))}
    >
      <></>
    </SchemaForm>
  );
}

/** `f_SURVEY_sourcePoints_0_openCap` back to `SURVEY.sourcePoints[0].openCap`. */
function fieldOf(id: string, sections: string[]): string {
  const section = sections.find((s) => id.startsWith(`f_${s}_`));
  if (!section) return id;
  return `${section}.${id.slice(section.length + 3)}`.replace(/_(\d+)(?=_|$)/g, "[$1]").replace(/_/g, ".");
}
