import { expect, it } from 'vitest'
import { newTurns } from './turns.ts'

function work(said: string[], name: string) {
  let finish = () => {}
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })
  return {
    finish,
    run: async () => {
      said.push(`${name} begun`)
      await done
      said.push(`${name} done`)
    },
  }
}

const settle = () => new Promise((done) => setImmediate(done))

it('answers in the order they came, no more at once than the machine can do well', async () => {
  const said: string[] = []
  const inTurn = newTurns(1, 60_000)
  const [first, second, third] = [work(said, 'first'), work(said, 'second'), work(said, 'third')]
  const all = [first, second, third].map(({ run }) => inTurn(run))
  third.finish()
  second.finish()
  await settle()
  expect(said).toEqual(['first begun'])
  first.finish()
  await Promise.all(all)
  expect(said).toEqual([
    'first begun',
    'first done',
    'second begun',
    'second done',
    'third begun',
    'third done',
  ])
})

it('lets the next come in past a slow page, and counts that page no more when it ends', async () => {
  const said: string[] = []
  const inTurn = newTurns(1, 5)
  const [slow, next, last] = [work(said, 'slow'), work(said, 'next'), work(said, 'last')]
  const slowly = inTurn(slow.run)
  next.finish()
  await inTurn(next.run)
  expect(said).toEqual(['slow begun', 'next begun', 'next done'])
  slow.finish()
  await slowly
  last.finish()
  await inTurn(last.run)
  expect(said.at(-1)).toBe('last done')
})

it('passes on a failure to whoever asked, and lets the next in', async () => {
  const inTurn = newTurns(1, 60_000)
  await expect(inTurn(() => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off')
  await expect(inTurn(async () => 'answered')).resolves.toBe('answered')
})

it('lets the next in while an answer is only waiting to be kept, and lets in no more when it is kept', async () => {
  const said: string[] = []
  const inTurn = newTurns(1, 60_000)
  const [next, last] = [work(said, 'next'), work(said, 'last')]
  let keep = () => {}
  const kept = new Promise<void>((done) => {
    keep = done
  })
  const first = inTurn((isWorked) => {
    isWorked()
    return kept
  })
  const others = [next, last].map(({ run }) => inTurn(run))
  await settle()
  expect(said).toEqual(['next begun'])
  keep()
  await first
  await settle()
  expect(said).toEqual(['next begun'])
  next.finish()
  last.finish()
  await Promise.all(others)
  expect(said.at(-1)).toBe('last done')
})
