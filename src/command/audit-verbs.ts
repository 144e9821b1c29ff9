import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sealPublicKey, secondPlaceIn, verifyAudit } from '#access'
import { connect, transaction } from '#database'
import { openRecord } from '../record.ts'
import { refused, type Verb } from './types.ts'

export const auditVerbs: Readonly<Record<string, Verb>> = {
  'verify-audit': {
    usage: 'verify-audit [--data FOLDER]',
    options: {},
    run: async ({ settings }) => {
      if (!existsSync(join(settings.folder, 'keys', 'seal.pub')))
        return refused(
          `Nothing was ever sealed in ${settings.folder}: either it is another folder, or nobody has started Keyworker on it yet.`,
        )
      const record = await openRecord(settings)
      const pool = connect(record.workUrl, 2)
      try {
        const proof = await transaction(pool, (db) =>
          verifyAudit(db, sealPublicKey(settings.folder), secondPlaceIn(settings.folder)),
        )
        const text = proof.isWhole
          ? `The access log is whole: ${proof.rows} rows under ${proof.seals} seals.`
          : `The access log does not fit: ${proof.firstFault}`
        return { code: proof.isWhole ? 0 : 1, json: proof, text }
      } finally {
        await pool.end()
        if (!record.wasRunning) await record.stop()
      }
    },
  },
}
