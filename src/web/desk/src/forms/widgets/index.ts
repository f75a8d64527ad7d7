import { CheckboxesWidget, CheckboxWidget, RadioWidget, SelectWidget } from "./choices";
import { FilesWidget } from "./FilesWidget";
import { DateTimeWidget, DateWidget, NumberOrText, TextareaWidget, TimeWidget } from "./inputs";
import { PersonWidget } from "./PersonWidget";
import { ScanWidget } from "./ScanWidget";
import { SignatureWidget } from "./SignatureWidget";

/** By the names `x-widget` uses, and the renderer's own for what has no hint. */
export const widgets = {
  TextWidget: NumberOrText,
  text: NumberOrText,
  UpDownWidget: NumberOrText,
  EmailWidget: NumberOrText,
  URLWidget: NumberOrText,
  textarea: TextareaWidget,
  TextareaWidget,
  DateWidget,
  DateTimeWidget,
  TimeWidget,
  radio: RadioWidget,
  RadioWidget,
  select: SelectWidget,
  SelectWidget,
  checkbox: CheckboxWidget,
  CheckboxWidget,
  checkboxes: CheckboxesWidget,
  CheckboxesWidget,
  person: PersonWidget,
  persons: PersonWidget,
  file: FilesWidget,
  files: FilesWidget,
  photo: FilesWidget,
  signature: SignatureWidget,
  scan: ScanWidget,
};
