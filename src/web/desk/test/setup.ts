import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import "../src/i18n";

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
