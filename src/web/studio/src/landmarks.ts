/** Buttons of the Studio that have neither text nor name: known by the first path of their icon. */
const icons = { publish: 'M19.35 10.04', zoomToFit: 'M6,16h12V8H6' };

const has = (button: Element, icon: keyof typeof icons) =>
  [...button.querySelectorAll('path')].some(path => path.getAttribute('d')?.startsWith(icons[icon]));

/** Whether a click on this element would publish what is open in the editor. */
export function isPublishButton(target: Element | null): boolean {
  const button = target?.closest('.mud-tooltip-root > button');
  return button != null && has(button, 'publish');
}

/** Shows the whole drawing once it is there; the Studio opens on its middle. */
export function zoomToFitOnce(): void {
  const watch = new MutationObserver(() => {
    // A few steps fit as they are; enlarging them would only push the rest out of sight.
    if (document.querySelectorAll('.x6-node').length < 6) return;
    const button = [...document.querySelectorAll<HTMLElement>('.mud-tooltip-root > button')].find(one => has(one, 'zoomToFit'));
    if (!button) return;
    watch.disconnect();
    // The nodes are placed in the frame after they appear.
    setTimeout(() => button.click(), 400);
  });
  watch.observe(document.body, { subtree: true, childList: true });
}
