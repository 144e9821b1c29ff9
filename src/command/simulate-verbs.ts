import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import {
  gatesOf,
  runSimulation,
  type ScenarioSummary,
  scenarioAsks,
  scenarioNames,
  summaryOf,
} from '#evaluation'
import { type Answered, type Asked, refused, type Verb, wrongUsage } from './types.ts'

const usage = 'simulate evaluation --replications N [--scenario A,B] [--out FILE] [--processes N]'

export const simulateVerbs: Readonly<Record<string, Verb>> = {
  simulate: {
    usage,
    options: { replications: 'text', scenario: 'text', out: 'text', processes: 'text' },
    run: async (asked) => (asked.words[0] === 'evaluation' ? simulateEvaluation(asked) : wrongUsage(usage)),
  },
}

async function simulateEvaluation({ options }: Asked): Promise<Answered> {
  const replications = Number(options.replications ?? Number.NaN)
  const processes = Number(options.processes ?? availableParallelism())
  if (!isCount(replications) || !isCount(processes)) return wrongUsage(usage)
  const names = options.scenario?.toUpperCase().split(',') ?? scenarioNames
  const unknown = names.find((name) => !scenarioNames.includes(name))
  if (unknown !== undefined)
    return refused(`There is no scenario ${unknown}. There are ${scenarioNames.join(', ')}.`)
  const file = resolve(options.out ?? 'simulation.jsonl')
  const rows = await runSimulation({
    scenarios: names,
    replications,
    file,
    processes,
    onProgress: (done, of) => process.stderr.write(`\r\u001b[K${done} of ${of} towns`),
  })
  process.stderr.write('\n')
  const summaries = names.flatMap((name) => summaryOf(rows.filter(({ scenario }) => scenario === name)) ?? [])
  const gates = gatesOf(summaries)
  const isMet = gates.every((gate) => gate.isMet)
  return { code: isMet ? 0 : 1, json: { isMet, file, summaries, gates }, text: tables(summaries, gates) }
}

const isCount = (value: number) => Number.isInteger(value) && value > 0

function tables(summaries: readonly ScenarioSummary[], gates: ReturnType<typeof gatesOf>): string {
  const head =
    '| scenario | truth | answered | before-after | matched, not adjusted | matched, adjusted | bias, log (Monte Carlo error) | 95% interval holds the truth | says “effect” | had nothing been withheld: ratio, bias, holds the truth |'
  return [
    head,
    '|---|---|---|---|---|---|---|---|---|---|',
    ...summaries.map(lineOf),
    '',
    '| scenario | must | found | met |',
    '|---|---|---|---|',
    ...gates.map(
      ({ scenario, gate, found, isMet }) => `| ${scenario} | ${gate} | ${found} | ${isMet ? 'yes' : 'NO'} |`,
    ),
  ].join('\n')
}

const inHundred = (share: number) => `${(share * 100).toFixed(1)}%`

function lineOf(one: ScenarioSummary): string {
  if (one.answered === 0) return withheldLine(one)
  const cells = [
    `${one.scenario} ${scenarioAsks(one.scenario)}`,
    one.truth.toFixed(2),
    `${one.answered} of ${one.replications}`,
    Number.isNaN(one.beforeAfter)
      ? '–'
      : `${one.beforeAfter.toFixed(3)}, “fewer” in ${inHundred(one.beforeAfterFalls)}`,
    one.unadjusted.toFixed(3),
    one.ratio.toFixed(3),
    `${one.bias.toFixed(4)} (${one.biasError.toFixed(4)})`,
    inHundred(one.coverage.value),
    inHundred(one.saysEffect.value),
    `${one.ungated.ratio.toFixed(3)}, ${one.ungated.bias.toFixed(4)} (${one.ungated.biasError.toFixed(4)}), ${inHundred(one.ungated.coverage.value)}`,
  ]
  return `| ${cells.join(' | ')} |`
}

function withheldLine(one: ScenarioSummary): string {
  const { ratio, bias, biasError, coverage } = one.ungated
  const had = `${ratio.toFixed(3)}, ${bias.toFixed(4)} (${biasError.toFixed(4)}), ${inHundred(coverage.value)}`
  const name = `${one.scenario} ${scenarioAsks(one.scenario)}`
  return `| ${name} | – | 0 of ${one.replications} | – | – | – | – | – | – | ${had} |`
}
