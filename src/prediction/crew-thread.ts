import { parentPort } from 'node:worker_threads'
import { carryOut, type Work } from './work.ts'

type Order = { readonly work: Work; readonly parts: number; readonly next: Int32Array }

parentPort?.on('message', ({ work, parts, next }: Order) => {
  for (let part = Atomics.add(next, 0, 1); part < parts; part = Atomics.add(next, 0, 1)) carryOut(work, part)
  parentPort?.postMessage('done')
})
