import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testFolder } from '../house.ts'
import {
  freePort,
  killEverythingIn,
  mayBeSomebodyElse,
  startKeyworker,
  stopDatabaseIn,
} from '../processes.ts'

const folders: string[] = []
const newFolder = (name: string): string => {
  const folder = testFolder(name)
  rmSync(folder, { recursive: true, force: true })
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) {
    killEverythingIn(folder)
    stopDatabaseIn(folder)
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Whose child a process is, in what `ps` lists. */
const parentOf = (listed: readonly string[], pid = ''): number =>
  Number(listed.map((line) => line.trim().split(/\s+/)).find(([own]) => own === pid)?.[1])

const alive = async (address: string) => (await fetch(`${address}/alive`)).text()

describe('starting', () => {
  it('a second start on the same folder says where the first is and ends well', async () => {
    const folder = newFolder('twice')
    const first = await startKeyworker(folder)
    await first.untilSays(/Keyworker is at/)
    expect(await alive(first.address)).toBe('keyworker')
    const second = await startKeyworker(folder)
    expect(await second.ended).toBe(0)
    expect(second.said()).toContain(`already running at ${first.address}`)
    await first.stop()
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  it('a port taken by another program is named, and nothing is left running', async () => {
    const folder = newFolder('taken')
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    const run = await startKeyworker(folder, { port })
    expect(await run.ended).toBe(1)
    expect(run.said()).toContain(`Port ${port} is taken by another program. Set PORT to a free one`)
    other.close()
  })

  it.each(['the same', 'another'])(
    'two starts at the same moment on one folder and %s port end with one running, and the other says where',
    async (which) => {
      const folder = newFolder(`at-once-${which.replace(' ', '-')}`)
      const port = await freePort()
      const others = { port: which === 'another' ? await freePort() : port }
      const runs = await Promise.all([startKeyworker(folder, { port }), startKeyworker(folder, others)])
      const firstEnd = await Promise.race(runs.map(async (run) => ({ run, code: await run.ended })))
      const left = runs.find((run) => run !== firstEnd.run)
      await left?.untilSays(/Keyworker is at/)
      expect(firstEnd.code).toBe(0)
      expect(firstEnd.run.said()).toContain(`already running at ${left?.address}`)
      expect(await alive(left?.address ?? '')).toBe('keyworker')
      await left?.stop()
    },
  )

  it('after everything was killed it starts again on the same folder', async () => {
    const folder = newFolder('killed')
    const first = await startKeyworker(folder)
    await first.untilSays(/Keyworker is at/)
    killEverythingIn(folder)
    await first.ended
    const second = await startKeyworker(folder)
    await second.untilSays(/Keyworker is at/)
    expect(await alive(second.address)).toBe('keyworker')
    await second.stop()
  })

  it('when one of its processes ends by itself it stops, says so, and ends as a fault, to be started again', async () => {
    const folder = newFolder('half')
    const run = await startKeyworker(folder)
    await run.untilSays(/Keyworker is at/)
    const pid = run.child.pid
    const theirs = execFileSync('ps', ['-eo', 'pid=,ppid=,args=']).toString().split('\n')
    const work = theirs
      .map((line) => line.trim().split(/\s+/))
      .find(
        ([, parent, ...args]) =>
          args.some((one) => /work\.[jt]s$/.test(one)) &&
          (Number(parent) === pid || parentOf(theirs, parent) === pid),
      )
    process.kill(Number(work?.[0]), 'SIGKILL')
    expect(await run.ended).toBe(3)
    expect(run.said()).toMatch(/the work process ended by itself: killed[\s\S]*Start it again/)
    const second = await startKeyworker(folder)
    await second.untilSays(/Keyworker is at/)
    await second.stop()
  })

  it('with every process of ours killed, the next start joins the database left behind', async () => {
    const folder = newFolder('orphan')
    const first = await startKeyworker(folder)
    await first.untilSays(/Keyworker is at/)
    process.kill(-(first.child.pid ?? 0), 'SIGKILL')
    await first.ended
    const second = await startKeyworker(folder)
    await second.untilSays(/Keyworker is at/)
    await second.stop()
  })

  it('keeps its data folder and the passwords in it from other users', async () => {
    const folder = newFolder('shut')
    const run = await startKeyworker(folder)
    await run.untilSays(/Keyworker is at/)
    await run.stop()
    expect(statSync(folder).mode & 0o077).toBe(0)
    for (const file of ['database-password', 'database-sign-ins.json']) {
      expect(statSync(join(folder, file)).mode & 0o077).toBe(0)
    }
  })

  it('runs in a folder only its owner may enter', async () => {
    const outer = newFolder('private-home')
    mkdirSync(outer, { mode: 0o700 })
    chmodSync(outer, 0o700)
    const run = await startKeyworker(join(outer, 'data'))
    await run.untilSays(/Keyworker is at/)
    await run.stop()
  })

  const root = resolve(import.meta.dirname, '..', '..')
  it.skipIf(!mayBeSomebodyElse() || !existsSync(join(root, 'node_modules')))(
    'runs as a plain user',
    async () => {
      const folder = newFolder('plain-user')
      mkdirSync(folder, { mode: 0o700 })
      chownSync(folder, 65534, 65534)
      const run = await startKeyworker(folder, {
        as: ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'env', `HOME=${folder}`],
      })
      await run.untilSays(/Keyworker is at/)
      expect(await alive(run.address)).toBe('keyworker')
      await run.stop()
    },
  )
})
