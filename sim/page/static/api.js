// What the page asks of the machine that serves it.

const visitor = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Trouble that is said to the visitor. */
export class Trouble extends Error {
  constructor(message, remedy = '', problems = []) {
    super(message);
    this.remedy = remedy;
    this.problems = problems;
  }
}

/** One problem in words: those of the page for what was chosen on it; for a file its line, what stands there and what may. */
export function problemWords(problem) {
  if (problem.words) return problem.words;
  const given = problem.given ? ` Given: ${problem.given}.` : '';
  const near = problem.nearest ? ` Did you mean “${problem.nearest}”?` : '';
  const allowed = problem.allowed ? ` Allowed: ${problem.allowed}.` : '';
  const where = [problem.line ? `line ${problem.line}` : '', problem.key].filter(Boolean).join(', ');
  const what = where ? `${where.charAt(0).toUpperCase()}${where.slice(1)}: ` : '';
  const remedy = problem.remedy ? ` What to do: ${problem.remedy}.` : '';
  return `${what}${problem.message}.${given}${allowed}${near}${remedy}`.replaceAll('..', '.');
}

async function asked(address, options, signal) {
  let answer;
  try {
    answer = await fetch(address, { ...options, signal, headers: { 'X-Localwealth-Visitor': visitor, ...options.headers } });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Trouble('The program that serves this page does not answer.', 'See whether it still runs, then move a lever to try again.');
  }
  if (!answer.ok) await refuse(answer);
  return answer;
}

async function refuse(answer) {
  let told = {};
  try {
    told = await answer.json();
  } catch {
    // Said below.
  }
  if (Array.isArray(told.problems) && told.problems.length) throw new Trouble('This can’t be run as it is.', '', told.problems);
  throw new Trouble(told.message || `The program that serves this page refused (${answer.status}).`, told.remedy || '');
}

function posted(body, type = 'application/json') {
  return { method: 'POST', body: type === 'application/json' ? JSON.stringify(body) : body, headers: { 'Content-Type': type } };
}

/** Ask for something and read JSON. */
export async function read(address, signal) {
  return (await asked(address, {}, signal)).json();
}

/** Send something and read JSON. */
export async function send(address, body, signal) {
  return (await asked(address, posted(body), signal)).json();
}

/** Send the raw content of a file and read JSON. */
export async function sendFile(address, content, type, signal) {
  return (await asked(address, posted(content, type), signal)).json();
}

/** Send something and get a file: its content and its name. */
export async function fetchFile(address, body) {
  const answer = await asked(address, posted(body));
  const name = /filename="?([^";]+)"?/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'scenario.yaml';
  return { content: await answer.blob(), name };
}

/** Stop a job. */
export async function stop(address) {
  await asked(address, { method: 'DELETE' });
}

/** Send something and hear each line of the answer as it comes. */
export async function sendForLines(address, body, signal, hear) {
  const answer = await asked(address, posted(body), signal);
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value ?? new Uint8Array(), { stream: !done });
    const lines = rest.split('\n');
    rest = lines.pop();
    for (const line of lines) if (line.trim()) hear(JSON.parse(line));
    if (done) break;
  }
  if (rest.trim()) hear(JSON.parse(rest));
}
