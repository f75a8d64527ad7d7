import type { Attachment } from "@powerworkflow/api-client";
import { api } from "../../app/api";

interface Known {
  name: string;
  size: number;
  image: boolean;
  /** The picture as this browser still holds it; the server's copy is not readable before it is bound to a case. */
  preview: string | null;
}

const known = new Map<string, Known>();

/** Files of this session by id, so that a form shows names and not ids. */
export const fileKnown = (id: string) => known.get(id);

export function rememberFiles(files: Attachment[]) {
  for (const f of files) if (!known.has(f.id)) known.set(f.id, { name: f.name, size: f.size, image: f.contentType.startsWith("image/"), preview: null });
}

export async function upload(file: File, about: { caseId: string | null; taskId: string | null }): Promise<Attachment> {
  const stored = await api.files.upload(file, { ...(about.caseId && { caseId: about.caseId }), ...(about.taskId && { taskId: about.taskId }) });
  const image = file.type.startsWith("image/");
  known.set(stored.id, { name: stored.name ?? file.name, size: stored.size ?? file.size, image, preview: image ? URL.createObjectURL(file) : null });
  return stored;
}

export const sizeWords = (bytes: number) => (bytes < 1024 ? `${bytes} B` : bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
