import 'server-only'
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from '@/lib/errors'

/** What a sealed value belongs to. It is bound to the ciphertext: a value copied to another row does not open. */
export type SealContext = { table: string; row: string; owner: string }

export type Vault = {
  /** Encrypts with the newest key. */
  seal: (plaintext: string, context: SealContext) => string
  /** Decrypts with the key named in the value. Throws `internal` when the key is unknown or the value was changed. */
  open: (sealed: string, context: SealContext) => string
}

const algorithm = 'aes-256-gcm'
const ivBytes = 12
const tagBytes = 16
const version = 'v1'

type Key = { id: string; bytes: Buffer }

const deriveKey = (secret: string): Key => ({
  id: createHash('sha256').update(`slipway vault key id ${secret}`).digest('hex').slice(0, 8),
  bytes: Buffer.from(hkdfSync('sha256', secret, '', 'slipway vault', 32)),
})

const additionalData = ({ table, row, owner }: SealContext) => Buffer.from(JSON.stringify([version, table, row, owner]))

const cannotOpen = (cause?: unknown) =>
  new AppError('internal', { detail: 'A stored secret cannot be opened with the keys this server was given. Sign in again.', cause })

/**
 * Seals short secrets with AES-256-GCM. The first secret seals, all of them open, so that a key can be
 * rotated without downtime: put the new secret first and keep the old one until every row is gone.
 */
export const createVault = (secrets: readonly [string, ...string[]]): Vault => {
  const keys = secrets.map(deriveKey)
  const newest = keys[0] as Key
  return {
    seal: (plaintext, context) => {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv(algorithm, newest.bytes, iv).setAAD(additionalData(context))
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
      return [version, newest.id, Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')].join('.')
    },
    open: (sealed, context) => {
      const [givenVersion, keyId, payload = '', ...rest] = sealed.split('.')
      const key = keys.find(({ id }) => id === keyId)
      if (givenVersion !== version || key === undefined || rest.length > 0) throw cannotOpen()
      const bytes = Buffer.from(payload, 'base64url')
      // Decoding skips what is not of the alphabet: only the spelling that sealing writes is taken.
      if (bytes.length < ivBytes + tagBytes || bytes.toString('base64url') !== payload) throw cannotOpen()
      try {
        const decipher = createDecipheriv(algorithm, key.bytes, bytes.subarray(0, ivBytes))
          .setAAD(additionalData(context))
          .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
        return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
      } catch (cause) {
        throw cannotOpen(cause)
      }
    },
  }
}
