import { existsSync, mkdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse, staffId, testFolder } from '../test/house.ts'
import { sayLocalAdministrator } from './first-start.ts'
import type { OpenRecord } from './record.ts'
import { readSettings } from './settings.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const provider = {
  OIDC_ISSUER: 'https://id.test',
  OIDC_CLIENT_ID: 'keyworker',
  OIDC_CLIENT_SECRET: 'of this test',
}

async function saidAtStart(): Promise<readonly string[]> {
  const folder = testFolder('first-start')
  mkdirSync(folder, { recursive: true })
  const settings = readSettings(provider, { data: folder })
  if ('problem' in settings) throw new Error(settings.problem)
  const { ownerUrl } = house
  const record: OpenRecord = {
    ...{ ownerUrl, appUrl: ownerUrl, workUrl: ownerUrl, isEmbedded: true, wasRunning: true },
    stop: async () => {},
  }
  const said: string[] = []
  await sayLocalAdministrator(settings, record, (words) => said.push(words))
  expect(existsSync(`${folder}/local-administrator`)).toBe(false)
  return said
}

describe('a start with an identity provider', () => {
  it('says how the first comes in, until somebody of the staff list has a reference there', async () => {
    expect(await saidAtStart()).toEqual([
      expect.stringMatching(/nobody can sign in yet.*start once without OIDC_ISSUER/i),
    ])
    await house.arrange(
      "update organisations.staff set issuer = 'https://id.test', subject = '1' where id = $1",
      [staffId('jo')],
    )
    expect(await saidAtStart()).toEqual([])
  })
})
