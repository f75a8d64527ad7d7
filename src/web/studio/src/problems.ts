import { sentence, type Problem } from './api';
import { button, element } from './dom';
import { say } from './text';

/** Shows every problem of a refused definition beside the drawing, each with the name of its activity. */
export function showProblems(problem: Problem): void {
  if (!problem.problems?.length) return;
  document.getElementById('pw-problems')?.remove();
  const panel = element('aside', { id: 'pw-problems', className: 'pw-panel' },
    element('h2', { textContent: say('problems') }),
    element('p', { textContent: sentence(problem) }),
    element('ol', {}, ...problem.problems.map(one => element('li', { className: one.severity === 'warning' ? 'pw-mild' : '' },
      one.activity ? element('strong', { textContent: one.activity }) : null,
      one.activity ? ' ' : null,
      one.message))),
    button(say('close'), () => panel.remove()));
  document.body.append(panel);
}
