import { resolve } from 'node:path'
import { funnelOf } from '#statistics'
import { mistake, readTable } from './study-table.ts'
import { aligned, figure, needed, numberIn, oneOf } from './study-words.ts'
import type { Answered, Asked } from './types.ts'

export const funnelUsage =
  'study funnel --file F --unit COL --events COL --of COL [--kind share|ratio] [--overdispersion multiply|add|none] [--target N]'

/** Units compared with a target, with limits that narrow as they grow. */
export async function studyFunnel({ options }: Asked): Promise<Answered> {
  const kind = oneOf(options, 'kind', ['share', 'ratio'], 'share')
  const overdispersion = oneOf(options, 'overdispersion', ['multiply', 'add', 'none'], 'none')
  const units = await unitsFrom(options, kind)
  const target =
    options.target === undefined
      ? undefined
      : numberIn(options, 'target', 1e-9, kind === 'share' ? 1 - 1e-9 : 1e9)
  const funnel = funnelOf(units, { kind, overdispersion, ...(target === undefined ? {} : { target }) })
  if (!(funnel.target > 0) || (kind === 'share' && funnel.target >= 1))
    throw mistake('The overall share is 0 or 1: there is nothing to compare.')
  const { phi, tauSquared, isOverdispersed } = funnel
  const lines = units.map((one, i) => ({ ...one, ...funnel.points[i] }))
  const json = { kind, target: funnel.target, overdispersion, phi, tauSquared, isOverdispersed, units: lines }
  const text = [
    `Target ${figure(funnel.target)}. ${isOverdispersed ? 'The units vary more than chance explains' : 'Chance explains how the units vary'} (phi ${figure(phi)}).`,
    aligned(
      ['unit', 'events', 'of', 'value', '99.8% limits', ''],
      lines.map((line) => [
        line.unit,
        figure(line.events),
        figure(line.of),
        figure(line.value),
        `${figure(line.limits998?.low)} to ${figure(line.limits998?.high)}`,
        line.place === 'outside 99.8%' ? 'further from the average than chance explains' : (line.place ?? ''),
      ]),
    ),
  ].join('\n')
  return { code: 0, json, text }
}

async function unitsFrom(options: Asked['options'], kind: 'share' | 'ratio') {
  const [unit, events, of] = [needed(options, 'unit'), needed(options, 'events'), needed(options, 'of')]
  const table = await readTable(resolve(needed(options, 'file')), [
    { name: unit, kind: 'words' },
    { name: events, kind: 'number' },
    { name: of, kind: 'number' },
  ])
  const sums = new Map<string, { events: number; of: number }>()
  const [hits, sizes] = [table.numbers(events), table.numbers(of)]
  table.words(unit).forEach((name, row) => {
    const sum = sums.get(name) ?? { events: 0, of: 0 }
    sums.set(name, { events: sum.events + (hits[row] ?? 0), of: sum.of + (sizes[row] ?? 0) })
  })
  const units = [...sums]
    .map(([name, sum]) => ({ unit: name, ...sum }))
    .sort((a, b) => (a.unit < b.unit ? -1 : 1))
  if (units.some((one) => !(one.of > 0))) throw mistake(`Every unit needs ${of} above 0.`)
  if (units.some((one) => !(one.events >= 0) || !Number.isInteger(one.events)))
    throw mistake(`The column ${events} must hold whole numbers of 0 or more.`)
  if (kind === 'share' && units.some((one) => one.events > one.of || !Number.isInteger(one.of)))
    throw mistake(`A share needs whole numbers, with ${events} no more than ${of} in every unit.`)
  return units
}
