import { chinese, chinesePatterns } from './dictionary';

const untouched = '.monaco-editor, .x6-graph, #pw-header, #pw-notices, .pw-panel, dialog, script, style, textarea, [contenteditable]';
const attributes = ['placeholder', 'title', 'aria-label'];

/** The Chinese of a label of the Studio, or null when it is none of its labels (a name, a value). */
export function translated(text: string): string | null {
  const label = text.trim();
  if (!label || !/[A-Za-z]/.test(label)) return null;
  const exact = chinese[label];
  if (exact !== undefined) return text.replace(label, exact);
  for (const [pattern, replacement] of chinesePatterns) if (pattern.test(label)) return text.replace(label, label.replace(pattern, replacement));
  return null;
}

function translateText(node: Text): void {
  if (node.parentElement?.closest(untouched)) return;
  const chineseText = translated(node.data);
  if (chineseText !== null && chineseText !== node.data) node.data = chineseText;
}

function translateAttributes(element: Element): void {
  if (element.closest(untouched)) return;
  for (const name of attributes) {
    const value = element.getAttribute(name);
    const chineseText = value && translated(value);
    if (chineseText && chineseText !== value) element.setAttribute(name, chineseText);
  }
}

function translateTree(root: Node): void {
  if (root instanceof Text) return translateText(root);
  if (!(root instanceof Element) || root.closest(untouched)) return;
  translateAttributes(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) translateText(node);
    else translateAttributes(node as Element);
  }
}

/**
 * This build of the Studio speaks English only: every label it draws is replaced by ours as it appears. Only the text of a node changes, never the node
 * itself, so its renderer keeps finding what it drew.
 */
export function translateStudio(): void {
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'characterData') translateTree(change.target);
      else if (change.type === 'attributes') translateAttributes(change.target as Element);
      else for (const added of change.addedNodes) translateTree(added);
    }
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes });
}
