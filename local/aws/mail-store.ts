import { DatabaseSync } from 'node:sqlite'
import PostalMime from 'postal-mime'
import { contentOf } from './ses-mail.ts'

/** A mail as `GET /_local/mail` shows it. */
export interface LocalMail {
  /** SES's message id. */
  id: string
  at: string
  tenantId: string | null
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
  subject: string
  html: string | null
  text: string | null
  headers: Record<string, string>
  attachments: { filename: string; contentType: string; size: number }[]
  tags: Record<string, string>
}

export interface MailStore {
  /** Of a raw mail the head is enough: its content is read from `raw` by `list`. */
  add(mail: LocalMail, raw: Buffer | null): void
  /** Newest first. `to` matches any recipient, whole address, case aside. */
  list(filter: { tenant?: string | undefined; to?: string | undefined; limit?: number | undefined }): Promise<LocalMail[]>
  /** Without the content of a raw mail. */
  get(id: string): LocalMail | undefined
  attachment(id: string, index: number): Promise<{ filename: string; contentType: string; content: Buffer } | undefined>
  /** Deletes what a tenant sent, so that nothing of it is left in the file. */
  forget(tenant: string): void
  count(): number
  close(): void
}

async function attachmentOf(raw: Uint8Array | null | undefined, index: number): ReturnType<MailStore['attachment']> {
  const found = raw && (await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })).attachments[index]
  if (!found) return undefined
  return {
    filename: found.filename ?? `attachment-${index}`,
    contentType: found.mimeType,
    content: Buffer.from(found.content as ArrayBuffer),
  }
}

function deleteAllOf(db: DatabaseSync, tenant: string): void {
  db.exec('PRAGMA secure_delete = ON')
  db.prepare('DELETE FROM recipient WHERE n IN (SELECT n FROM mail WHERE tenant = ?)').run(tenant)
  db.prepare('DELETE FROM mail WHERE tenant = ?').run(tenant)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
}

/** Mails in an SQLite file, so that the mailbox outlives a restart. */
export function openMailStore(file: string): MailStore {
  const db = new DatabaseSync(file)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS mail (n INTEGER PRIMARY KEY, id TEXT UNIQUE, tenant TEXT, mail TEXT NOT NULL, raw BLOB);
    CREATE TABLE IF NOT EXISTS recipient (address TEXT, n INTEGER, PRIMARY KEY (address, n)) WITHOUT ROWID`)
  const [addMail, addRecipient] = [
    db.prepare('INSERT INTO mail (id, tenant, mail, raw) VALUES (?, ?, ?, ?)'),
    db.prepare('INSERT OR IGNORE INTO recipient (address, n) VALUES (?, ?)'),
  ]
  const parsed = (row: unknown): LocalMail => JSON.parse((row as { mail: string }).mail)
  const whole = async (row: unknown): Promise<LocalMail> => {
    const { raw } = row as { raw: Uint8Array | null }
    return raw ? { ...parsed(row), ...(await contentOf(raw)) } : parsed(row)
  }
  const get = (id: string) => db.prepare('SELECT mail, raw FROM mail WHERE id = ?').get(id)
  return {
    add: (mail, raw) => {
      const { lastInsertRowid: n } = addMail.run(mail.id, mail.tenantId, JSON.stringify(mail), raw)
      for (const address of [...mail.to, ...mail.cc, ...mail.bcc]) addRecipient.run(address.toLowerCase(), n)
    },
    list: ({ tenant, to, limit }) =>
      Promise.all(
        db
          .prepare(
            `SELECT mail, raw FROM mail WHERE (?1 IS NULL OR tenant = ?1)
           AND (?2 IS NULL OR n IN (SELECT n FROM recipient WHERE address = ?2)) ORDER BY n DESC LIMIT ?3`,
          )
          .all(tenant ?? null, to?.toLowerCase() ?? null, limit ?? -1)
          .map(whole),
      ),
    get: (id) => {
      const row = get(id)
      return row && parsed(row)
    },
    attachment: async (id, index) => attachmentOf(get(id)?.raw as Uint8Array | null | undefined, index),
    forget: (tenant) => deleteAllOf(db, tenant),
    count: () => Number(db.prepare('SELECT count(*) AS n FROM mail').get()!.n),
    close: () => db.close(),
  }
}
