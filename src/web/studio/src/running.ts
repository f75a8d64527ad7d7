import { call } from './api';
import { button, element } from './dom';
import { notify } from './notices';
import { clock, say } from './text';

interface Run {
  isTest: boolean;
  status: string;
  canMove: boolean;
  now: string | null;
  nextTimerAt: string | null;
  tasks: { id: string; title: string; role: string | null; outcomes: string[] }[];
  incidents: { id: string; title: string; message: string; outcomes: string[] }[];
  messages: string[];
}

/**
 * Beside the Studio's viewer: what waits. A test case is driven from here, task by task and timer by timer; an incident of a real case is retried or skipped,
 * by those who may.
 */
export async function showRun(id: string): Promise<void> {
  const address = `/elsa/api/studio/runs/${encodeURIComponent(id)}`;
  let shown = '';

  async function refresh(): Promise<void> {
    const run = await call<Run>(address);
    const text = JSON.stringify(run);
    if (text === shown) return;
    shown = text;
    document.getElementById('pw-run')?.remove();
    if (!run.isTest && run.incidents.length === 0) return;
    document.body.append(panel(run));
  }

  function panel(run: Run): HTMLElement {
    const move = async (body: object) => {
      try {
        await call(`${address}/moves`, { method: 'POST', body });
        await refresh();
      } catch (refused) {
        notify({ kind: 'run', level: 'error', text: (refused as Error).message });
      }
    };
    const repair = async (incident: string, how: 'retry' | 'skip', outcome: string) => {
      const reason = how === 'skip' ? prompt(say('reason')) : say('retry');
      if (!reason) return;
      try {
        await call(`/api/cases/${encodeURIComponent(id)}/incidents/${encodeURIComponent(incident)}/${how}`, { method: 'POST', body: { outcome, reason, commandId: crypto.randomUUID() } });
        await refresh();
      } catch (refused) {
        notify({ kind: 'run', level: 'error', text: (refused as Error).message });
      }
    };
    const section = element('aside', { id: 'pw-run', className: 'pw-run' }, element('strong', { textContent: run.isTest ? say('testRun') : say('incidents') }));
    if (run.isTest && run.now) section.append(element('span', { textContent: `${say('virtualTime')} ${clock(new Date(run.now))}` }));
    for (const task of run.tasks)
      section.append(element('div', { className: 'pw-run-line' }, `${task.title}${task.role ? ` (${task.role})` : ''} `,
        ...(run.canMove ? task.outcomes.map(outcome => button(outcome, () => void move({ task: task.id, outcome }))) : [])));
    for (const incident of run.incidents)
      section.append(element('div', { className: 'pw-run-line pw-failure' }, `${incident.title}: ${incident.message} `,
        button(say('retry'), () => void (run.isTest ? move({ retry: incident.id }) : repair(incident.id, 'retry', ''))),
        ...incident.outcomes.map(outcome => button(say('skip', { outcome }), () => void (run.isTest ? move({ skip: incident.id, outcome }) : repair(incident.id, 'skip', outcome))))));
    if (run.canMove && run.nextTimerAt) section.append(button(say('nextTimer', { time: clock(new Date(run.nextTimerAt)) }), () => void move({ advance: true })));
    if (run.messages.length) section.append(element('details', {}, element('summary', { textContent: say('muted', { count: run.messages.length }) }), element('ul', {}, ...run.messages.map(text => element('li', { textContent: text })))));
    return section;
  }

  await refresh();
  setInterval(() => void refresh().catch((failure: unknown) => console.warn('What waits is not known just now.', failure)), 3_000);
}
