// Examples that build on each other: what one answer hands to the next, and which steps have to come first.

/**
 * The examples of one page and what their answers gave so far.
 *
 * An example may come `after` another, `keeps` values of its answer by path, and `makes` fresh random ones. Variables left
 * empty ("" or null) are filled with what was kept, so every example runs as it is, in any order.
 */
export class Journey {
  #done = new Set();
  #kept = {};
  #listeners = new Set();

  constructor(examples) {
    this.examples = examples;
  }

  onKept(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The example an operation was made from, by its name; undefined for what somebody wrote themselves. */
  exampleNamed(name) {
    return this.examples.find((example) => example.name === name);
  }

  /** The variables with every empty one that is known filled in. */
  filled(variables, { replacing = {} } = {}) {
    const entries = Object.entries(variables ?? {}).map(([name, value]) => {
      const mayFill = isEmpty(value) || (name in replacing && isSame(replacing[name], value));
      return [name, mayFill && name in this.#kept ? this.#kept[name] : value];
    });
    return Object.fromEntries(entries);
  }

  /** Whether somebody put values of their own where the example would have been filled in. */
  isOwn(example, variables) {
    const fillable = Object.keys(example.variables ?? {}).filter((name) => isEmpty(example.variables[name]));
    return fillable.some((name) => !isEmpty(variables?.[name]) && !isSame(variables[name], this.#kept[name]));
  }

  /** Run the steps that have to come before an example and were not run yet; answers the names of those it ran. */
  async prepare(example, send) {
    const steps = this.#stepsBefore(example);
    const ran = [];
    for (const step of steps) {
      if (this.#done.has(step.name)) continue;
      const answer = await this.#settled(step, send);
      const missing = this.learn(step, answer);
      if (missing) throw new Error(`"${step.name}" has to come first, but it gave no ${missing}. Press play in its tab to see why.`);
      ran.push(step.name);
    }
    return ran;
  }

  /** Keep what an example's answer gives; a step that is run anew makes the later ones new as well. Answers what was missing. */
  learn(example, answer) {
    if (!example.keeps) return undefined;
    const given = Object.entries(example.keeps).map(([name, path]) => [name, valueAt(answer?.data, path)]);
    const missing = isRefused(answer) ? "accepted answer" : given.find(([, value]) => isEmpty(value))?.[0];
    if (missing) return missing;
    if (given.some(([name, value]) => !isSame(this.#kept[name], value))) this.#startAfresh(example, given);
    this.#done.add(example.name);
    return undefined;
  }

  /** Keep new values: what was built on the old ones has to be done again. */
  #startAfresh(example, given) {
    const before = { ...this.#kept };
    const made = (example.makes ?? []).map((name) => [name, crypto.randomUUID()]);
    Object.assign(this.#kept, Object.fromEntries([...given, ...made]));
    for (const name of this.#stepsFrom(example)) this.#done.delete(name);
    for (const listener of this.#listeners) listener(before);
  }

  async #settled(step, send) {
    const operation = () => ({ query: step.query, operationName: step.name, variables: this.filled(step.variables) });
    let answer = await send(operation());
    for (let tries = 0; tries < 20 && step.again && valueAt(answer?.data, step.again.path) === step.again.is; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      answer = await send(operation());
    }
    return answer;
  }

  #stepsBefore(example) {
    const step = example.after && this.exampleNamed(example.after);
    return step ? [...this.#stepsBefore(step), step] : [];
  }

  #stepsFrom(example) {
    return this.examples.filter((other) => this.#stepsBefore(other).includes(example)).map((other) => other.name);
  }
}

function isEmpty(value) {
  return value === undefined || value === null || value === "";
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isRefused(answer) {
  return Object.values(answer?.data ?? {}).some((payload) => payload?.userErrors?.length > 0);
}

function valueAt(value, path) {
  return path.split(".").reduce((inner, key) => inner?.[key], value);
}
