import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { runSealer, sealKeys, sealPublicKey, secondPlaceIn, verifyAudit } from '#access'
import { connect, transaction } from '#database'
import { backUp } from '../backup.ts'
import { refusal, whyNotWritten } from '../backup-files.ts'
import { bringBack } from '../bring-back.ts'
import { openRecord } from '../record.ts'
import type { Settings } from '../settings.ts'
import { refused, type Verb, wrongUsage } from './types.ts'

export const backupVerbs: Readonly<Record<string, Verb>> = {
  backup: {
    usage: 'backup FOLDER [--data FOLDER]',
    options: {},
    run: async ({ words: [into], settings }) => {
      if (!into) return wrongUsage('backup FOLDER, a folder that is not there yet')
      const answer = await backUp(settings, into).catch(async (error: unknown) => {
        // Where nothing could be written there may be nothing to delete either.
        await rm(`${resolve(into)}.part`, { recursive: true, force: true }).catch(() => {})
        const why = whyNotWritten(error)
        if (!why) throw error
        return refusal(`${resolve(into)} was not made, and nothing is left of it. ${why}`)
      })
      if ('refused' in answer) return refused(answer.refused)
      const size = `${answer.files} files, ${Math.ceil(answer.bytes / 1_048_576)} MB`
      const text = `Copied into ${answer.into}: ${size}. The keys are not in it. Keep a copy of ${settings.folder}/keys in another place: without them it cannot be brought back.`
      return { code: 0, json: answer, text }
    },
  },
  restore: {
    usage: 'restore BACKUP --keys FOLDER --data FOLDER',
    options: { keys: 'text' },
    run: async ({ words: [from], options, settings }) => {
      if (!from || !options.keys || !options.data)
        return wrongUsage('restore BACKUP --keys FOLDER --data FOLDER, a folder that is not there yet')
      const answer = await bringBack(settings, from, options.keys)
      if ('refused' in answer) return refused(answer.refused)
      const proof = await proofOf(settings)
      const made = `Brought back into ${settings.folder}, as it was at ${answer.madeAt}.`
      const text = proof.isWhole
        ? `${made} The access log is whole: ${proof.rows} rows under ${proof.seals} seals.`
        : `${made} Its access log does not fit: ${proof.firstFault}`
      return { code: proof.isWhole ? 0 : 1, json: { ...answer, log: proof }, text }
    },
  },
}

/** Opens what was brought back, seals what the last second left, and proves the access log. */
async function proofOf(settings: Settings) {
  const record = await openRecord(settings)
  const pool = connect(record.workUrl, 2)
  try {
    const secondPlace = secondPlaceIn(settings.folder)
    await runSealer({
      ...{ pool, secondPlace, keys: sealKeys(settings.folder), signal: AbortSignal.abort() },
      fault: (error) => {
        throw error
      },
    })
    return await transaction(pool, (db) => verifyAudit(db, sealPublicKey(settings.folder), secondPlace))
  } finally {
    await pool.end()
    if (!record.wasRunning) await record.stop()
  }
}
