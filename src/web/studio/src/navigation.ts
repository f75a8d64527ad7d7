const definitionPage = (id: string) => `/studio/definitions/${encodeURIComponent(id)}`;
const instancePage = (id: string) => `/studio/instances/${encodeURIComponent(id)}`;

export const pages = { definitions: '/studio/definitions', instances: '/studio/instances', definition: definitionPage, instance: instancePage };

/** Our page for a place the Studio wants to show, or null when it is not one of the four screens. */
export function pageFor(path: string): string | null {
  const definition = /\/workflows\/definitions\/([^/]+)\/edit$/.exec(path);
  if (definition) return definitionPage(decodeURIComponent(definition[1]!));
  const instance = /\/workflows\/instances\/([^/]+)\/view$/.exec(path);
  if (instance) return instancePage(decodeURIComponent(instance[1]!));
  if (/\/workflows\/definitions$/.test(path)) return pages.definitions;
  if (/\/workflows\/instances$/.test(path)) return pages.instances;
  return null;
}

/**
 * The Studio pushes history entries for pages it does not have here (after Run and Save As) and has links to them. They become real navigations: one screen
 * per document, or its runtime is left half dead.
 */
export function interceptNavigation(): void {
  const push = history.pushState.bind(history);
  history.pushState = (data, unused, url) => {
    const page = url == null ? null : pageFor(new URL(url, document.baseURI).pathname);
    if (page) location.assign(page);
    else push(data, unused, url);
  };
  addEventListener('click', event => {
    const link = (event.target as Element | null)?.closest?.('a[href]');
    const page = link && pageFor(new URL((link as HTMLAnchorElement).href).pathname);
    if (!page) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    location.assign(page);
  }, true);
}
