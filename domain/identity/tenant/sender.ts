import type { Tenant } from './tenant.ts'

/** Who mails of a firm are from: as its settings say, else under its name (`name`, where it has another on paper) from our own address. */
export const senderOf = ({ sender, name: firm }: Tenant, name = firm): { name: string; email?: string } => ({
  name: sender?.name ?? name,
  ...(sender?.email ? { email: sender.email } : {}),
})
