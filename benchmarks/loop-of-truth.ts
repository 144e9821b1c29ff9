// The loop of truth: npx tsx benchmarks/loop-of-truth.ts --people 250000 --effect none --seed 1 --most 1500 --in-all 1500

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { AdvanceEffect } from '../town/index.ts'
import { goRound } from './loop.ts'

const effects: readonly AdvanceEffect[] = ['none', 'fall20', 'harm', 'deprived-only']

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '250000' },
    effect: { type: 'string', default: 'none' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '1500' },
    'in-all': { type: 'string', default: '1500' },
    folder: { type: 'string' },
    out: { type: 'string' },
  },
})
const effect = effects.find((known) => known === values.effect)
if (!effect) throw new Error(`--effect is one of ${effects.join(', ')}`)
const [people, seed] = [Number(values.people), Number(values.seed)]
const [mostAQuarter, mostInAll] = [Number(values.most), Number(values['in-all'])]
const folder = await mkdtemp(join(values.folder ?? tmpdir(), 'keyworker-loop-'))
const startedAt = process.hrtime.bigint()
const seconds = () => Math.round(Number(process.hrtime.bigint() - startedAt) / 1e9)
const say = (words: string) => process.stderr.write(`${String(seconds()).padStart(6)} s  ${words}\n`)
try {
  const done = await goRound({ people, effect, seed, folder, mostAQuarter, mostInAll, say })
  const result = {
    what: 'loop of truth',
    people,
    effect,
    seed,
    mostAQuarter,
    mostInAll,
    commit: execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim(),
    node: process.version,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    seconds: seconds(),
    ...done,
  }
  const text = `${JSON.stringify(result, null, 2)}\n`
  if (values.out) await writeFile(values.out, text)
  process.stdout.write(text)
} finally {
  await rm(folder, { recursive: true, force: true })
}
