/** Domains where anybody gets an address: sharing one says nothing. */
const freeMail = new Set(
  `qq.com foxmail.com 163.com 126.com yeah.net vip.163.com vip.126.com 188.com sina.com sina.cn vip.sina.com sohu.com tom.com 139.com 189.cn wo.cn aliyun.com 21cn.com 263.net
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com hotmail.co.uk live.cn outlook.jp yahoo.com yahoo.cn yahoo.com.cn yahoo.co.jp yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es ymail.com
icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de mail.ru yandex.ru yandex.com proton.me protonmail.com zoho.com fastmail.com
orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it hotmail.it telefonica.net terra.es ziggo.nl kpnmail.nl planet.nl xs4all.nl hetnet.nl
btinternet.com sky.com virginmedia.com example.com example.org example.net docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com naver.com hanmail.net comcast.net verizon.net att.net`
    .split(/\s+/)
    .filter(Boolean),
)

/** The domain of a firm's own address; undefined for free mail. */
export function ownDomain(email: string): string | undefined {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return domain === '' || freeMail.has(domain) ? undefined : domain
}
