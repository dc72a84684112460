import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JwtVerifier } from 'aws-jwt-verify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LocalIssuer, openIssuer } from '../../local/tokens.ts'

const issuerUrl = 'http://127.0.0.1:4000/_local'
const subject = { tenantId: 'demo', userId: 'usr_1', epoch: 3 }

describe('the local token issuer', () => {
  let directory: string
  let issuer: LocalIssuer

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'guanxi-tokens-'))
    issuer = await openIssuer(join(directory, 'key.json'), issuerUrl, 'guanxi-local')
  })

  afterAll(() => rmSync(directory, { recursive: true }))

  const verifier = (keys: LocalIssuer, audience = 'guanxi-local') => {
    const made = JwtVerifier.create({ issuer: issuerUrl, audience, jwksUri: 'https://unused.example/jwks.json' })
    made.cacheJwks(keys.keys() as Parameters<typeof made.cacheJwks>[0])
    return made
  }

  test('issues tokens with the claims that the authorizer reads', async () => {
    const claims = await verifier(issuer).verify(await issuer.issue(subject))

    expect(claims).toMatchObject({
      sub: 'usr_1',
      client_id: 'guanxi-local',
      token_use: 'access',
      tenant_id: 'demo',
      user_id: 'usr_1',
      epoch: 3,
    })
  })

  test('keeps its key, so that tokens outlive a restart', async () => {
    const token = await issuer.issue(subject)

    const restarted = await openIssuer(join(directory, 'key.json'), issuerUrl, 'guanxi-local')

    await expect(verifier(restarted).verify(token)).resolves.toMatchObject({ sub: 'usr_1' })
  })

  test('is not believed for another audience, after its time, or with another key', async () => {
    const other = await openIssuer(join(directory, 'other.json'), issuerUrl, 'guanxi-local')

    await expect(verifier(issuer, 'someone-else').verify(await issuer.issue(subject))).rejects.toThrow('Audience')
    await expect(verifier(issuer).verify(await issuer.issue(subject, -10))).rejects.toThrow('expired')
    await expect(verifier(issuer).verify(await other.issue(subject))).rejects.toThrow()
  })

  test('shows no private part of its key', () => {
    expect(Object.keys(issuer.keys().keys[0]!).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })
})
