import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import en from "../src/i18n/en.json";
import zh from "../src/i18n/zh-CN.json";

type Texts = { [key: string]: string | Texts };
const flat = (texts: Texts, prefix = ""): Map<string, string> =>
  new Map(Object.entries(texts).flatMap(([key, value]) => (typeof value === "string" ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)])));
const chinese = flat(zh);
const english = flat(en);
/** Chinese has one plural form, English two. */
const family = (key: string) => key.replace(/_(one|other)$/, "");
const families = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(family))].sort();
const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((m) => m[1]!).sort();

describe("texts of the desk", () => {
  test("say the same things in both languages", () => {
    expect(families(english)).toEqual(families(chinese));
  });

  test("fill the same places in both languages", () => {
    for (const [key, text] of english) {
      if (key.endsWith("_one")) continue;
      expect(placeholders(text), key).toEqual(placeholders(chinese.get(key) ?? ""));
    }
  });

  test("leave nothing empty", () => {
    for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe("");
  });

  test("have both English plural forms wherever they have one", () => {
    for (const key of english.keys()) if (/_(one|other)$/.test(key)) for (const form of ["_one", "_other"]) expect(english.has(family(key) + form), key).toBe(true);
  });

  test("contain every key the pages ask for", () => {
    const known = new Set(families(chinese));
    const asked = sources(join(dirname(fileURLToPath(import.meta.url)), "../src")).flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*(?:[^"'`()]*\?\s*)?"([a-zA-Z]+\.[a-zA-Z.]+)"/g)].map((m) => ({ path, key: m[1]! })));

    expect(asked.length).toBeGreaterThan(150);
    for (const { path, key } of asked) expect(known.has(key), `${key} in ${path}`).toBe(true);
  });

  test("are not written into the pages themselves", () => {
    const han = /[一-鿿]/;
    const found = sources(join(dirname(fileURLToPath(import.meta.url)), "../src"))
      .flatMap(({ path, text }) => text.split("\n").map((line, i) => ({ where: `${path}:${i + 1}`, line })))
      .filter(({ line }) => han.test(line.replace(/\/\/.*$|\/\*.*?\*\/|^\s*\*.*$/g, "")) && !line.includes('"中文"') && !line.includes('"部门"') && !line.includes('join("、")') && !line.includes('join("；")'));

    expect(found).toEqual([]);
  });
});

function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name)).map((name) => ({ path: name, text: readFileSync(join(folder, name), "utf8") }));
}
