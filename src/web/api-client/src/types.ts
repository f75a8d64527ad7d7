/** The shapes of the HTTP interface, by resource. Instants are ISO 8601 strings in UTC; codes are stable, names are in the language asked for. */

export type Language = "zh-CN" | "en";

/** What a person entered or reads: one object per section (`CASE`, `LOAD`, `INSP#2` …). */
export type CaseData = Record<string, unknown>;

export interface RoleHeld {
  role: string;
  roleName: string;
  unit: string;
  unitName: string;
}

export interface Me {
  personId: string;
  name: string;
  userName: string;
  roles: RoleHeld[];
  units: string[];
  language: Language;
  permissions: { startProcesses: string[]; processOwner: boolean; auditor: boolean; leader: boolean };
}

export interface Person {
  id: string;
  name: string;
  roles: RoleHeld[];
  unit: string | null;
  unitName?: string;
}

export interface Unit {
  code: string;
  name: string;
  kind: string;
  children: Unit[];
}

export interface Role {
  code: string;
  name: string;
  description?: string;
}

export interface DefinitionSummary {
  definitionId: string;
  name: string;
  version: number;
  versionId: string;
  description: string | null;
  startForm: string | null;
  startRoles: string[];
  canStart: boolean;
  publishedAt: string | null;
}

/** An activity as the designer stores it; only what a drawing needs is named. */
export interface DrawnActivity {
  id: string;
  type: string;
  name?: string | null;
  workflowDefinitionId?: string | null;
  metadata?: {
    displayText?: string | null;
    designer?: { position?: { x: number; y: number }; size?: { width: number; height: number } };
  };
  activities?: DrawnActivity[];
  connections?: DrawnConnection[];
  [input: string]: unknown;
}

export interface DrawnConnection {
  source: string | { activity: string; port?: string | null };
  target: string | { activity: string; port?: string | null };
  sourcePort?: string | null;
  targetPort?: string | null;
  vertices?: { x: number; y: number }[];
}

export interface DefinitionDocument {
  definitionId?: string;
  name?: string;
  version?: number;
  root: DrawnActivity;
  customProperties?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface Definition {
  definitionId: string;
  name: string;
  version: number;
  versionId: string;
  document: DefinitionDocument;
  labels?: { steps?: Record<string, string>; outcomes?: Record<string, string> };
}

/** JSON Schema 2020-12 with our display hints (`x-unit`, `x-widget` …). */
export type FormSchema = { [keyword: string]: unknown };

export interface ChecklistItem {
  code: string;
  group: string | Record<string, string>;
  item: Record<string, string>;
  criterion: string | Record<string, string>;
  kind: "bool" | "num" | "enum" | "text" | (string & {});
  unit?: string | null;
  /** A figure, or where in the case's data the figure stands. */
  lo?: number | { ref: string } | null;
  hi?: number | { ref: string } | null;
  severity: "C" | "G";
  reference?: string | null;
  /** How many photos are needed. */
  photo?: number | boolean;
  confidence?: string | null;
  /** How a text is entered. */
  input?: "date" | "scan" | "signature" | "geo" | (string & {});
  /** Judged at the gates before energising, not in the inspection. */
  judgedAt?: string;
  /** Other limits when a figure of the case says so; the last that fits wins. */
  variants?: { ref: string; atLeast?: number; above?: number; lo?: number; hi?: number }[];
}

export interface Checklist {
  code: string;
  title?: Record<string, string>;
  items: ChecklistItem[];
}

/** A form in both languages; the reader picks. */
export interface Form {
  code: string;
  version: number;
  title: Record<Language, string>;
  reads: string[];
  writes: string[];
  schema: FormSchema;
  labels: Partial<Record<Language, Record<string, string>>>;
  checklists?: Record<string, Checklist>;
}

export interface WaitingAt {
  step: string;
  title: string;
  role: string | null;
  roleName?: string | null;
  since: string;
  assignee?: string | null;
  dueAt?: string | null;
}

export type CaseStatus = "Running" | "Finished" | "Faulted" | "Cancelled";

export interface CaseSummary {
  id: string;
  number: string;
  process: string;
  processName: string;
  version: number;
  status: CaseStatus;
  unit: string;
  unitName: string;
  name: string | null;
  customer: string | null;
  priority: number;
  createdAt: string;
  finishedAt: string | null;
  startedBy: string | null;
  waitingAt: WaitingAt[];
}

export interface Incident {
  id: string;
  activity: string;
  activityTitle?: string;
  type: string;
  message: string;
  at: string;
  outcomes?: string[];
}

export interface ClockInterval {
  from: string;
  to: string | null;
  /** `running`, or the pause code that stopped the clock in this interval. */
  kind: string;
  pauseCode?: string | null;
  pauseName?: string | null;
}

export interface Clock {
  code: string;
  name?: string;
  item: string | null;
  startedAt: string;
  stoppedAt?: string | null;
  dueAt: string | null;
  provisional: boolean;
  state: string;
  pausedBy: string | null;
  remaining: string | null;
  confidence?: string | null;
  intervals?: ClockInterval[];
}

export interface Attachment {
  id: string;
  name: string;
  size: number;
  contentType: string;
  sha256: string;
  at?: string;
  byName?: string;
}

export interface HistoryEntry {
  taskId: string;
  step: string;
  title: string;
  openedAt: string;
  claimedAt: string | null;
  completedAt: string | null;
  completedBy: string | null;
  outcome: string | null;
  outcomeLabel?: string | null;
  comment: string | null;
}

export interface ActivityState {
  status: "waiting" | "done" | "faulted" | "cancelled";
  count: number;
  lastAt: string | null;
}

export interface Drawing {
  document: DefinitionDocument;
  /** Keyed by the path of activity ids from the root, `/` between them. */
  states: Record<string, ActivityState>;
  nested: { path: string; definitionId: string; name: string; document: DefinitionDocument }[];
}

export interface CaseDetail extends CaseSummary {
  data: CaseData;
  pins: Record<string, unknown>;
  drawing: Drawing;
  tasks: Task[];
  history: HistoryEntry[];
  incidents: Incident[];
  clocks: Clock[];
  attachments: Attachment[];
  canCancel?: boolean;
}

export interface JournalItem {
  sequence: number;
  kind: string;
  at: string;
  actor: string | null;
  actorName: string | null;
  onBehalfOf: string | null;
  activity: string | null;
  activityTitle: string | null;
  detail: unknown;
  hash: string;
}

export type Late = "none" | "soon" | "late";

export interface Task {
  id: string;
  caseId: string;
  caseNumber: string;
  process: string;
  processName: string;
  step: string;
  title: string;
  customer: string | null;
  address?: string | null;
  role: string | null;
  roleName: string | null;
  unit: string;
  unitName: string;
  person?: string | null;
  claimedBy?: { id: string; name: string } | null;
  claimedAt?: string | null;
  createdAt: string;
  dueAt?: string | null;
  provisional?: boolean;
  late: Late;
  priority: number;
  form?: string | null;
  outcomes: { code: string; label: string }[];
  returnTargets: { id: string; label: string }[];
  persons: number;
  signedBy: { id: string; name: string; at: string }[];
  evidence: string[];
  allowDelegate: boolean;
  canClaim: boolean;
  canComplete: boolean;
  whyNot?: string | null;
}

export interface Judgement {
  permitted: string[];
  reasons: { code: string; message: string }[];
  derived?: Record<string, unknown>;
}

export interface TaskDetail extends Omit<Task, "form"> {
  form: Form | null;
  values: CaseData;
  draft?: { savedAt: string } | null;
  permitted?: string[] | null;
}

export interface Message {
  id: string;
  caseId: string | null;
  /** Which message; its words are in the application. */
  template: string;
  data: unknown;
  at: string;
  readAt: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface TaskPage extends Page<Task> {
  counts: { mine: number; role: number; overdue: number };
}

export interface JournalPage {
  items: JournalItem[];
  next: number | null;
  head?: { sequence: number; hash: string } | string | null;
}

export interface TaskQuery {
  scope?: "mine" | "role" | "all";
  process?: string;
  step?: string;
  unit?: string;
  due?: "overdue" | "today" | "week";
  search?: string;
  cursor?: string;
  take?: number;
}

export interface CaseQuery {
  status?: string;
  process?: string;
  unit?: string;
  search?: string;
  mine?: boolean;
  cursor?: string;
  take?: number;
}

export interface StartCase {
  process: string;
  unit: string;
  customer: { name: string; number?: string };
  inputs: Record<string, unknown>;
  data: CaseData;
  commandId: string;
}

export interface Evidence {
  deviceTime: string;
  position?: { lat: number; lng: number; accuracy: number };
  files?: string[];
}

export interface CompleteTask {
  outcome: string;
  data: CaseData;
  returnTo?: string;
  comment?: string;
  evidence?: Evidence;
  attachments?: string[];
  commandId: string;
}

export interface Advanced {
  case: CaseSummary;
  task?: Task | null;
  next: Task[];
}

export interface Started {
  case: CaseSummary;
  tasks: Task[];
}
