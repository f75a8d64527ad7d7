import './host.css';
import { button } from './dom';
import { guardFetch } from './guard';
import { showHeader } from './header';
import { zoomToFitOnce } from './landmarks';
import { interceptNavigation, pages } from './navigation';
import { watchOthers } from './presence';
import { interceptPublish, openRevisions, tellPublished } from './publishing';
import { showRun } from './running';
import { offerKept } from './saves';
import { signedIn } from './session';
import { language, say } from './text';
import { translateStudio } from './translation';

const root = document.documentElement;
const screen = root.dataset.screen ?? 'definitions';
const id = root.dataset.id ?? '';

// Everything here runs before the Studio's runtime: its first calls already pass the guard.
localStorage.setItem('BlazorCulture', language === 'en' ? 'en-US' : 'zh-CN');
guardFetch();
interceptNavigation();
if (language !== 'en') translateStudio();

interface Screen extends HTMLElement {
  editWorkflowDefinition?: (definitionId: string) => void;
  viewWorkflowInstance?: (instanceId: string) => void;
}

const screens: Record<string, { tag: string; attributes: Record<string, string> }> = {
  'definitions': { tag: 'elsa-workflow-definition-list', attributes: {} },
  'definition': { tag: 'elsa-workflow-definition-editor', attributes: { 'definition-id': id } },
  'instances': { tag: 'elsa-workflow-instance-list', attributes: {} },
  'instance': { tag: 'elsa-workflow-instance-viewer', attributes: { 'instance-id': id } },
};

async function open(): Promise<void> {
  showHeader(screen, undefined, []);
  const person = await signedIn();
  showHeader(screen, person, screen === 'definition' ? [button(say('revisions'), () => void openRevisions(id), 'pw-quiet')] : []);

  const { tag, attributes } = screens[screen] ?? screens.definitions!;
  const studio = document.createElement(tag) as Screen;
  studio.setAttribute('remote-endpoint', `${location.origin}/elsa/api`);
  for (const [name, value] of Object.entries(attributes)) studio.setAttribute(name, value);
  await customElements.whenDefined(tag);
  document.getElementById('pw-screen')?.replaceChildren(studio);
  // After the upgrade: a property set on an element that is not yet defined is lost.
  customElements.upgrade(studio);
  if (screen === 'definitions' || screen === 'instance') studio.editWorkflowDefinition = definitionId => location.assign(pages.definition(definitionId));
  if (screen === 'instances') studio.viewWorkflowInstance = instanceId => location.assign(pages.instance(instanceId));

  if (screen === 'definition' || screen === 'instance') zoomToFitOnce();
  if (screen === 'instance') void showRun(id);
  if (screen === 'definition') {
    interceptPublish(id);
    tellPublished();
    offerKept(id);
    watchOthers(id);
  }
}

document.addEventListener('DOMContentLoaded', () => void open());
