import { fork } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Replication } from './replicate.ts'
import { scenarios } from './scenarios.data.ts'
import type { TownAsked } from './simulation-child.ts'

/** What is asked of a run: which scenarios, how many of each, where the answers are kept, on how many cores. */
export type SimulationAsked = {
  readonly scenarios: readonly string[]
  /** At most so many of each; a scenario is not run more often than the design asks for. */
  readonly replications: number
  /** A line of JSON for each replication; a run that was stopped goes on from it. */
  readonly file: string
  readonly processes: number
  readonly onProgress: (done: number, of: number) => void
}

/** The letters of every scenario there is. */
export const scenarioNames: readonly string[] = scenarios.map(({ name }) => name)

/** What a scenario asks of the method, in words. */
export const scenarioAsks = (name: string): string => scenarios.find((one) => one.name === name)?.asks ?? name

/**
 * Runs what is not yet in the file, one process a core, seeds 1 to n in order and never chosen.
 *
 * @returns every replication asked for, in order of scenario and seed: the same whatever the processes were and
 *   however often the run was stopped.
 * @throws Error where a process breaks: that replication is then not in the file.
 */
export async function runSimulation(asked: SimulationAsked): Promise<readonly Replication[]> {
  const known = new Map(keptIn(asked.file).map((one) => [`${one.scenario} ${one.seed}`, one]))
  const all = workOf(asked)
  const open = all.filter(({ scenario, seed }) => !known.has(`${scenario} ${seed}`))
  let done = all.length - open.length
  asked.onProgress(done, all.length)
  await inProcesses(open, asked.processes, (one) => {
    appendFileSync(asked.file, `${JSON.stringify(one)}\n`)
    known.set(`${one.scenario} ${one.seed}`, one)
    asked.onProgress(++done, all.length)
  })
  return all.flatMap(({ scenario, seed }) => known.get(`${scenario} ${seed}`) ?? [])
}

function workOf({ scenarios: names, replications }: SimulationAsked): readonly TownAsked[] {
  return names.flatMap((scenario) => {
    const wanted = scenarios.find(({ name }) => name === scenario)?.wanted ?? 0
    return Array.from({ length: Math.min(replications, wanted) }, (_, i) => ({ scenario, seed: i + 1 }))
  })
}

// The last line may be half a line: the run was stopped while it was written, and that town is made again.
function keptIn(file: string): readonly Replication[] {
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  if (text.length > 0 && !text.endsWith('\n')) appendFileSync(file, '\n')
  return text.split('\n').flatMap((line) => {
    try {
      const kept: Replication = JSON.parse(line)
      return [kept]
    } catch {
      return []
    }
  })
}

const child = fileURLToPath(new URL('./simulation-child.ts', import.meta.url))

async function inProcesses(
  work: readonly TownAsked[],
  processes: number,
  keep: (one: Replication) => void,
): Promise<void> {
  let next = 0
  const oneProcess = () =>
    new Promise<void>((resolve, reject) => {
      const maker = fork(child, { execArgv: ['--import', import.meta.resolve('tsx')] })
      const giveNext = () => {
        const one = work[next++]
        if (one) maker.send(one)
        else maker.disconnect()
      }
      maker.on('message', (one: Replication) => {
        keep(one)
        giveNext()
      })
      maker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('a town could not be made'))))
      giveNext()
    })
  await Promise.all(Array.from({ length: Math.min(processes, work.length) }, oneProcess))
}
