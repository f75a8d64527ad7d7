import { expectTypeOf, test } from "vitest";
import type { components } from "../src/openapi";
import type * as ours from "../src/types";

type Server = components["schemas"];
/** Fields of ours that the server's document does not have; optional ones may come later. */
type Missing<Ours, Theirs> = Exclude<RequiredKeys<Ours>, keyof Theirs>;
type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

// Checked by the compiler, which `npm test` runs first: a field renamed on the server stops the build here.
// `npm run generate` renews src/openapi.d.ts from a running server.
test("every field the pages rely on is in the server's document", () => {
  expectTypeOf<Missing<ours.Me, Server["Me"]>>().toBeNever();
  expectTypeOf<Missing<ours.Person, Server["UserEntry"]>>().toBeNever();
  expectTypeOf<Missing<ours.Unit, Server["UnitNode"]>>().toBeNever();
  expectTypeOf<Missing<ours.Role, Server["RoleEntry"]>>().toBeNever();
  expectTypeOf<Missing<ours.DefinitionSummary, Server["DefinitionSummary"]>>().toBeNever();
  expectTypeOf<Missing<ours.Definition, Server["DefinitionDetail"]>>().toBeNever();
  expectTypeOf<Missing<ours.Form, Server["FormDocument"]>>().toBeNever();
  expectTypeOf<Missing<ours.WaitingAt, Server["WaitingStep"]>>().toBeNever();
  expectTypeOf<Missing<ours.CaseSummary, Server["CaseSummary"]>>().toBeNever();
  expectTypeOf<Missing<ours.CaseDetail, Server["CaseDetail"]>>().toBeNever();
  expectTypeOf<Missing<ours.HistoryEntry, Server["HistoryEntry"]>>().toBeNever();
  expectTypeOf<Missing<ours.Incident, Server["IncidentEntry"]>>().toBeNever();
  expectTypeOf<Missing<ours.Clock, Server["ClockEntry"]>>().toBeNever();
  expectTypeOf<Missing<ours.Attachment, Server["UploadedFile"]>>().toBeNever();
  expectTypeOf<Missing<ours.JournalItem, Server["JournalItem"]>>().toBeNever();
  expectTypeOf<Missing<ours.Task, Server["TaskItem"]>>().toBeNever();
  expectTypeOf<Missing<ours.TaskDetail, Server["TaskDetail"]>>().toBeNever();
  expectTypeOf<Missing<ours.Message, Server["NotificationEntry"]>>().toBeNever();
});

test("every field the pages send is one the server reads", () => {
  expectTypeOf<Missing<ours.CompleteTask, Server["CompleteBody"]>>().toBeNever();
  expectTypeOf<Missing<ours.StartCase, Server["StartBody"]>>().toBeNever();
  expectTypeOf<Missing<ours.Evidence, Server["DeviceEvidence"]>>().toBeNever();
});
