import { isLoopback, type UrlParts } from './url.ts';

/** Hosts and everything below them. */
function below(...hosts: readonly string[]): (host: string) => boolean {
  const all = new Set(hosts);
  return (host) => {
    for (let name = host; name !== ''; name = name.slice((name.indexOf('.') + 1) || name.length)) if (all.has(name)) return true;
    return false;
  };
}

/** Places that show to anybody with the link, or to whoever asked, what is sent to them. */
const pasteSites = below(
  'transfer.sh', '0x0.st', 'x0.at', 'file.io', 'temp.sh', 'bashupload.com', 'keep.sh', 'oshi.at', 'catbox.moe', 'uguu.se', 'tmpfiles.org', 'filebin.net', 'gofile.io', 'pixeldrain.com', 'ttm.sh', 'envs.sh', 'anonfiles.com', 'sendspace.com', 'wetransfer.com',
  'pastebin.com', 'paste.ee', 'paste.rs', 'paste.debian.net', 'dpaste.com', 'dpaste.org', 'hastebin.com', 'toptal.com', 'rentry.co', 'privatebin.net', 'ix.io', 'sprunge.us', 'clbin.com', 'termbin.com', 'gist.github.com',
);
const catchers = below('webhook.site', 'requestbin.com', 'requestbin.net', 'pipedream.net', 'requestcatcher.com', 'beeceptor.com', 'hookbin.com', 'httpbin.org', 'smee.io', 'ptsv2.com', 'postb.in');
/** Being called is all they need: the name looked up and the address it comes from are the message. */
const callbacks = below('interact.sh', 'oast.pro', 'oast.live', 'oast.site', 'oast.online', 'oast.fun', 'oast.me', 'oastify.com', 'burpcollaborator.net', 'requestrepo.com', 'dnslog.cn', 'ceye.io', 'canarytokens.com');
/** The other end of a tunnel may be anybody's machine. */
const tunnelEnds = below('ngrok.io', 'ngrok.app', 'ngrok.dev', 'ngrok-free.app', 'ngrok-free.dev', 'trycloudflare.com', 'loca.lt', 'serveo.net', 'localhost.run', 'lhr.life', 'bore.pub', 'devtunnels.ms');

/** True for services that show what they are sent to others. */
export function isDroppingPlace(host: string): boolean {
  return pasteSites(host) || catchers(host) || callbacks(host) || tunnelEnds(host);
}

/** True for services that tell somebody else that, and from where, they were called. */
export function isCallback(host: string): boolean {
  return callbacks(host);
}

/** True for paste sites and request catchers, whose only use is to be sent something. */
export function keepsForOthers(host: string): boolean {
  return pasteSites(host) || catchers(host);
}

/** Addresses and names that the internet does not reach: https://www.rfc-editor.org/rfc/rfc1918, https://www.rfc-editor.org/rfc/rfc6762, https://www.rfc-editor.org/rfc/rfc8375 */
export function isPrivateHost(host: string): boolean {
  return isLoopback(host) || /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|\.(?:local|internal|intranet|corp|lan|svc|test|home\.arpa)$|^[\w-]+$/.test(host);
}

/** A request that puts a message before people, or starts what somebody has automated. */
interface MessagePath {
  readonly host: RegExp;
  readonly path: RegExp;
  readonly what: string;
  /** A request that would otherwise only read sends too. */
  readonly anyMethod?: true;
}

/** Where services take messages; from their own documentation. */
const messagePaths: readonly MessagePath[] = [
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, https://docs.slack.dev/reference/methods/chat.postMessage
  { host: /^hooks\.slack\.com$/, path: /^\/(?:services|workflows|triggers)\//, what: 'message to Slack' },
  { host: /(?:^|\.)slack\.com$/, path: /^\/api\/(?:chat\.(?:post|me|schedule)|files\.(?:upload|complete|sharedPublic))/, what: 'message to Slack', anyMethod: true },
  // https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
  { host: /\.webhook\.office\.com$|^outlook\.office(?:365)?\.com$/, path: /^\/webhook/, what: 'message to Teams' },
  { host: /\.(?:logic\.azure\.com|api\.powerplatform\.com)$/, path: /\/triggers\//, what: 'request to an automation' },
  // https://discord.com/developers/docs/resources/webhook#execute-webhook
  { host: /(?:^|\.)discord(?:app)?\.com$/, path: /^\/api\/(?:v\d+\/)?(?:webhooks\/|channels\/\w+\/messages)/, what: 'message to Discord' },
  // https://developers.google.com/workspace/chat/quickstart/webhooks
  { host: /^chat\.googleapis\.com$/, path: /\/messages$/, what: 'message to Google Chat' },
  // https://core.telegram.org/bots/api#making-requests
  { host: /^api\.telegram\.org$/, path: /^\/bot[^/]+\/(?:send|forward|copy)/i, what: 'message to Telegram', anyMethod: true },
  // https://www.twilio.com/docs/messaging/api/message-resource
  { host: /^api\.twilio\.com$/, path: /\/(?:Messages|Calls)\.json$/, what: 'text message' },
  { host: /^graph\.facebook\.com$/, path: /\/messages$/, what: 'message' },
  // https://ntfy.sh/docs/publish/, https://pushover.net/api
  { host: /^(?:ntfy\.sh|api\.pushover\.net)$/, path: /./, what: 'notification' },
  // https://docs.zapier.com, https://ifttt.com/maker_webhooks, https://www.make.com/en/help/tools/webhooks
  { host: /^hooks\.zapier\.com$/, path: /^\/hooks\//, what: 'request to an automation' },
  { host: /^maker\.ifttt\.com$/, path: /^\/trigger\//, what: 'request to an automation', anyMethod: true },
  { host: /^hook\.(?:\w+\.)?(?:make\.com|integromat\.com)$/, path: /./, what: 'request to an automation' },
  { host: /\.app\.n8n\.cloud$/, path: /^\/webhook/, what: 'request to an automation' },
  // Chats that people run themselves: https://developers.mattermost.com/integrate/webhooks/incoming/, https://docs.rocket.chat/docs/integrations
  { host: /./, path: /^\/hooks\/(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{17,64}(?:\/[A-Za-z0-9]{20,64})?\/?$/, what: 'message to a chat' },
  // Chats that take what Slack takes: https://discord.com/developers/docs/resources/webhook#execute-slackcompatible-webhook
  { host: /./, path: /^\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/\w{16,}/, what: 'message to a chat' },
  // Mail: https://learn.microsoft.com/graph/api/user-sendmail, https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send, https://documentation.mailgun.com, https://www.twilio.com/docs/sendgrid/api-reference/mail-send, https://postmarkapp.com/developer/api/email-api, https://resend.com/docs/api-reference/emails/send-email, https://developers.brevo.com/reference/sendtransacemail
  { host: /^graph\.microsoft\.com$/, path: /\/(?:sendMail|send|reply|replyAll|forward)$|\/messages$/i, what: 'mail or message' },
  { host: /^(?:gmail|www)\.googleapis\.com$/, path: /\/(?:messages|drafts)\/send$/, what: 'mail' },
  { host: /^api\.(?:\w+\.)?mailgun\.net$/, path: /\/messages(?:\.mime)?$/, what: 'mail' },
  { host: /^api\.(?:\w+\.)?sendgrid\.com$/, path: /^\/v3\/mail\/send$/, what: 'mail' },
  { host: /^api\.postmarkapp\.com$/, path: /^\/email/, what: 'mail' },
  { host: /^api\.resend\.com$/, path: /^\/emails/, what: 'mail' },
  { host: /^api\.(?:brevo|sendinblue)\.com$/, path: /^\/v3\/smtp\/email/, what: 'mail' },
  { host: /^api\.(?:\w+\.)?mailjet\.com$/, path: /^\/v3(?:\.\d)?\/send/, what: 'mail' },
  { host: /^mandrillapp\.com$/, path: /\/messages\/send/, what: 'mail' },
  { host: /^api\.(?:\w+\.)?sparkpost\.com$/, path: /\/transmissions/, what: 'mail' },
  { host: /^email\.[\w-]+\.amazonaws\.com$/, path: /./, what: 'mail' },
];

/** What a request to `url` sends to people; undefined where it sends nothing or only reads. */
export function messageTo({ host, path }: UrlParts, reads: boolean, body: string | undefined): string | undefined {
  const what = messagePaths.find((message) => (!reads || message.anyMethod) && message.host.test(host) && message.path.test(path))?.what;
  // An empty document is no message, though it may set off an automation.
  return what !== undefined && /^\s*(?:\{\s*\}|\[\s*\])\s*$/.test(body?.slice(0, 64) ?? '') && !what.includes('automation') ? undefined : what;
}
