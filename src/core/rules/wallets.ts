import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

/** What a wallet's command line can do that nobody can take back. */
interface Wallet {
  readonly programs: readonly string[];
  readonly docs: string;
  /** Commands that send or burn, as the words they begin with. */
  readonly spends: readonly string[];
  /** Commands that print or write out private keys. */
  readonly keys: readonly string[];
  /** Commands that close an account or a program for good. */
  readonly closes?: readonly string[];
}

const wallets: readonly Wallet[] = [
  {
    programs: ['bitcoin-cli', 'litecoin-cli', 'dogecoin-cli', 'bitcoin-wallet'], docs: 'https://developer.bitcoin.org/reference/rpc/',
    spends: ['sendtoaddress', 'sendmany', 'send', 'sendall', 'sendrawtransaction', 'bumpfee', 'psbtbumpfee'], keys: ['dumpprivkey', 'dumpwallet', 'listdescriptors', 'dump'], closes: ['abandontransaction', 'removeprunedfunds', 'encryptwallet', 'invalidateblock'],
  },
  { programs: ['cast'], docs: 'https://getfoundry.sh/cast/reference/cast/', spends: ['send', 'publish'], keys: ['wallet private-key', 'wallet decrypt-keystore', 'wallet dk', 'wallet pk'], closes: ['wallet remove'] },
  {
    programs: ['solana', 'spl-token'], docs: 'https://docs.anza.xyz/cli/usage', spends: ['transfer', 'pay', 'burn', 'wrap', 'stake-account', 'withdraw-stake', 'withdraw-from-nonce-account', 'withdraw-from-vote-account', 'delegate-stake'], keys: [],
    closes: ['program close', 'program set-upgrade-authority', 'close', 'close-vote-account', 'authorize'],
  },
  { programs: ['near', 'near-cli'], docs: 'https://docs.near.org/tools/cli', spends: ['send', 'send-near', 'tokens'], keys: ['account export-account'], closes: ['delete', 'delete-account', 'delete-key', 'account delete-account', 'account delete-keys'] },
  { programs: ['geth', 'ethkey', 'clef'], docs: 'https://geth.ethereum.org/docs/fundamentals/account-management', spends: [], keys: ['account export', 'inspect', 'changepassword'], closes: ['removedb', 'delpw'] },
  { programs: ['lncli'], docs: 'https://docs.lightning.engineering/lightning-network-tools/lnd/lncli', spends: ['sendpayment', 'payinvoice', 'sendcoins', 'sendmany', 'keysend', 'openchannel'], keys: [], closes: ['closechannel', 'closeallchannels', 'abandonchannel', 'deletepayments'] },
  { programs: ['lightning-cli'], docs: 'https://docs.corelightning.org/reference/lightning-cli', spends: ['pay', 'xpay', 'withdraw', 'keysend', 'sendpay', 'multiwithdraw', 'fundchannel'], keys: [], closes: ['close'] },
  { programs: ['electrum'], docs: 'https://electrum.readthedocs.io/en/latest/cmdline.html', spends: ['payto', 'paytomany', 'broadcast', 'sweep', 'lnpay'], keys: ['getseed', 'getprivatekeys', 'export_lightning_preimage'], closes: ['close_channel'] },
  { programs: ['sui', 'aptos'], docs: 'https://docs.sui.io/references/cli/client', spends: ['client transfer', 'client transfer-sui', 'client pay', 'client pay-sui', 'client pay-all-sui', 'client publish', 'account transfer', 'move publish'], keys: ['keytool export', 'config show-private-key'], closes: [] },
];

/** Networks whose coins are worth nothing. */
const testNetwork = /(?:^|[^a-z])(?:regtest|signet|test ?net\d?|devnet|localnet|sepolia|holesky|hoodi|localhost|local|fuji|amoy)(?:$|[^a-z])|^-?(?:t|ul|ut|ud)$|127\.0\.0\.1|0\.0\.0\.0/;

export const rule: Rule = {
  tool: 'wallets',
  title: 'Crypto wallets',
  programs: wallets.flatMap(({ programs }) => programs),
  docs: 'https://developer.bitcoin.org/reference/rpc/',
  valueOptions: ['--rpc-url', '--private-key', '--keystore', '--password', '--password-file', '--from', '--account', '-u', '--url', '-k', '--keypair', '--fee-payer', '--owner', '-C', '--config', '--datadir', '--rpcserver', '--network', '--lightning-dir', '--rpc-file', '-w', '--wallet', '--value', '--gas-budget', '--profile', '--chain'],
  optionStyle: 'single-dash',
  safeOptions: ['-h', '--dry-run', '--simulate'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'bitcoin-cli sendtoaddress bc1qxy2k 0.5', by: 'spend' },
      { command: 'bitcoin-cli -rpcwallet=savings sendall \'["bc1qxy2k"]\'', by: 'spend' },
      { command: 'cast send 0x52908400098527886E0F7030069857D2E4169EE7 --value 1ether --rpc-url https://eth.example.com', by: 'spend' },
      { command: 'solana transfer 7v91N7iZ 10 --allow-unfunded-recipient', by: 'spend' },
      { command: 'spl-token burn 4zMM 100', by: 'spend' },
      { command: 'near send alice.near bob.near 5', by: 'spend' },
      { command: 'lncli payinvoice --force lnbc1', by: 'spend' },
      { command: 'lightning-cli withdraw bc1qxy2k all', by: 'spend' },
      { command: 'electrum payto bc1qxy2k 0.1', by: 'spend' },
      { command: 'sui client transfer-sui --to 0x1 --sui-coin-object-id 0x2 --gas-budget 1000', by: 'spend' },
      { command: 'bitcoin-cli dumpprivkey bc1qxy2k', by: 'key' },
      { command: 'cast wallet private-key "test test junk"', by: 'key' },
      { command: 'electrum getseed', by: 'key' },
      { command: 'solana program close --buffers', by: 'close' },
      { command: 'near delete-account old.near alice.near', by: 'close' },
      { command: 'lncli closeallchannels --force', by: 'close' },
      { command: 'geth removedb', by: 'close' },
    ],
    passes: [
      'bitcoin-cli getbalance', 'bitcoin-cli -regtest sendtoaddress bcrt1qxy2k 1', 'cast call 0x52908400098527886E0F7030069857D2E4169EE7 "name()"', 'cast send 0x1 --rpc-url http://127.0.0.1:8545', 'solana balance', 'solana transfer 7v91N7iZ 1 --url devnet', 'solana airdrop 1',
      'near state alice.near', 'geth version', 'lncli getinfo', 'lncli --network testnet payinvoice lntb1', 'spl-token accounts', 'sui client gas',
    ],
  },
};

function inspect(call: Call): readonly Effect[] {
  const { argv, program } = call.invocation;
  const wallet = wallets.find(({ programs }) => programs.includes(program));
  const words = call.operands.slice(0, 2).map((word) => word.text);
  if (!wallet || argv.slice(1).some((word) => testNetwork.test(word.text.slice(0, 200).toLowerCase()))) return [];
  const is = (commands: readonly string[] | undefined): boolean => commands?.some((command) => command.split(' ').every((word, index) => words[index] === word)) === true;
  const said = words.slice(0, 1).join(' ');
  if (is(wallet.keys)) return [effect(call, wallet, 'key', { verb: 'readSecret', why: 'Shows or writes out a private key; whoever reads it owns what it holds.', saferWay: 'Let the wallet sign, and leave the key where it is.' })];
  if (is(wallet.spends)) return [effect(call, wallet, 'spend', { verb: 'publish', why: `Sends or burns what the wallet holds (${said}); no transaction can be taken back.`, saferWay: 'Try it on a test network first, and let a person sign.' })];
  return is(wallet.closes) ? [effect(call, wallet, 'close', { verb: 'delete', why: `Closes or deletes for good what the wallet owns (${said}).`, saferWay: 'Let a person close it.' })] : [];
}

function effect(call: Call, wallet: Wallet, id: 'close' | 'key' | 'spend', what: Pick<Effect, 'saferWay' | 'verb' | 'why'>): Effect {
  const { env, span } = call.invocation;
  const name = call.operands.slice(1, 3).map((word) => word.text).join(', ');
  return { ...what, resource: { kind: 'wallet', name: id === 'key' ? '' : name, provider: rule.title }, reversibility: 'irreversible', certainty: 'certain', rule: `wallets/${id}`, docs: wallet.docs, target: { by: 'named', system: 'wallet' }, env, ...(span ? { span } : {}) };
}
