import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import "../src/i18n";

// A page waits for an answer that comes at once; the limit is for a busy machine, not for the page.
configure({ asyncUtilTimeout: 15_000 });

// What jsdom lacks of a browser's layout.
vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} });
vi.stubGlobal("matchMedia", (query: string) => ({ matches: query.includes("min-width: 761px"), media: query, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {} }));
const styleOf = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => styleOf(element);
Element.prototype.scrollIntoView = () => {};

afterEach(() => {
  cleanup();
  localStorage.clear();
});
