# Carries the call of a hook to the editor that runs, and its answer back. The launcher tries this first: Perl is there where Git is, starts in
# a fraction of Node's time as long as it loads no module, and unlike a shell with curl it can hand what it cannot do itself to Node,
# with nothing lost of what the agent sent. It never judges, and ends with 0 only after an answer that is whole.
#   perl messenger.pl SOCKET KEY SECONDS LAUNCHER NODE PROGRAM AGENT [EVENT]
# Where no editor runs, the program that stands by for one may answer, on a socket beside it. KEY is the file by which the gate proves its answers, LAUNCHER the process that started this one, SECONDS the time in which an answer counts; NODE is empty where there is none.
use strict;

my $REFUSED = 2;
# Nothing was read, and nothing asked: the launcher goes on with Node.
my $NOT_TAKEN = 75;
my $CONNECT_SECONDS = 5;
my $STDIN_SECONDS = 10;
# What is larger is not for the editor to see, which Node explains: `MAX_PAYLOAD`.
my $MAX_PAYLOAD = 1_048_576;
my $MAX_REPLY = 4_194_304;
my $EINTR = 4;
# Of what a socket takes without blocking once it takes anything.
my $PIECE = 2_048;

my ($socket, $key, $seconds, $launcher, $node, @program) = @ARGV;
my (undef, $agent, $event) = @program;
my $started = time;
my $payload = '';
my $id;
delete $ENV{PERL_BADLANG};

# Small installations of Perl are without what proofs are checked with.
exit $NOT_TAKEN unless grep { -r "$_/Digest/SHA.pm" } @INC;
my $gate = connected($socket);
my $by_standby = !$gate;
$gate ||= connected(standby());
exit $NOT_TAKEN unless $gate;
# No person is asked there, and Node needs time too: `standbyLimit`.
$seconds = $seconds / 2 < 30 ? $seconds / 2 : 30 if $by_standby;
to_node() unless read_stdin();
$SIG{PIPE} = 'IGNORE';
$id = new_id() or to_node();
# A gate that has had enough answers before it has read all.
deliver(request());
# While the gate judges.
load_hash();
my ($status, $proof, $body) = reply();
# It asked nobody: there was no room, or Node says why it is refused.
to_node() if $status =~ /^4|^503$/;
my $answer = $status eq '200' && is_proven($proof, $body) && answer($body);
to_node('unusable answer') unless $answer;
$SIG{PIPE} = 'DEFAULT';
say_all(\*STDERR, $answer->{stderr});
say_all(\*STDOUT, $answer->{stdout}) or exit $REFUSED;
exit $answer->{exitCode};

# As `standbySocket` has it.
sub standby {
  my $view = readlink '/proc/self/ns/mnt';
  $view = defined $view ? $view =~ s/\D//gr : '';
  return $socket =~ s{[^/]+\z}{length $view ? "standby-$view.sock" : 'standby.sock'}er;
}

# A connection to a well-known socket, unless somebody else can have put it there.
sub connected {
  my ($socket) = @_;
  my ($folder) = $socket =~ m{\A(.+)/};
  my @facts = lstat $folder;
  return unless @facts && -d _ && $facts[4] == $> && !($facts[2] & 022);
  socket(my $connection, 1, 1, 0) or return;
  # A list of waiting connections that is full makes this wait.
  local $SIG{ALRM} = sub { exit $NOT_TAKEN };
  alarm $CONNECT_SECONDS;
  my $there = connect $connection, $^O eq 'linux' ? pack('S a*', 1, "$socket\0") : pack('C C a104', 106, 1, $socket);
  alarm 0;
  return $there ? $connection : undef;
}

# Nobody else can guess it. Undefined where the machine gives nothing random.
sub new_id {
  open my $random, '<:raw', '/dev/urandom' or return;
  my $count = sysread $random, my $bytes, 16;
  return defined $count && $count == 16 ? unpack 'H*', $bytes : undef;
}

# What Digest::SHA loads for its other uses takes three times as long as itself. Where it does not do without, it gets all.
sub load_hash {
  {
    local @INC{map { "$_.pm" } qw(warnings vars integer Fcntl Exporter Digest/base)} = (1) x 6;
    local *strict::import = sub { };
    return if eval { require Digest::SHA };
  }
  delete $INC{'Digest/SHA.pm'};
  require Digest::SHA;
}

# As `isProven` does it.
sub is_proven {
  my ($proof, $body) = @_;
  open my $file, '<:raw', $key or return;
  my $count = sysread $file, my $secret, 65;
  return unless defined $count && $count == 64 && $secret =~ /\A[0-9a-f]{64}\z/;
  return defined $proof && $proof eq Digest::SHA::hmac_sha256_hex("answer\n$id\n$body", $secret);
}

# True once the agent has sent all, and that within the limits.
sub read_stdin {
  my $until = $started + $STDIN_SECONDS;
  while (length $payload <= $MAX_PAYLOAD) {
    wait_for(\*STDIN, 0, $until) or return;
    my $count = sysread STDIN, $payload, 65_536, length $payload;
    next if !defined $count && $! == $EINTR;
    return defined $count if !$count;
  }
  return;
}

# A request of which each field ends with a zero byte, the payload aside, which is the rest.
sub request {
  my @variables = map { "$_=$ENV{$_}" } keys %ENV;
  my $call = join('', map { "$_\0" } $agent, defined $event ? $event : '', folder(), $$, @variables, '') . $payload;
  return "POST /v1/hook HTTP/1.0\r\nContent-Type: application/octet-stream\r\nX-Interlock-Id: $id\r\nContent-Length: " . length($call) . "\r\n\r\n$call";
}

# Where this runs, without links; empty where the folder has been removed.
sub folder {
  my $folder = readlink '/proc/self/cwd';
  $folder = eval { require Cwd; Cwd::getcwd() } unless defined $folder;
  return '' unless defined $folder;
  my @here = stat '.';
  my @there = stat $folder;
  return @here && @there && $here[0] == $there[0] && $here[1] == $there[1] ? $folder : '';
}

sub deliver {
  my ($request) = @_;
  for (my $at = 0; $at < length $request;) {
    wait_for($gate, 1, $started + $seconds) or to_node('no answer in time');
    my $count = syswrite $gate, $request, $PIECE, $at;
    return if !defined $count && $! != $EINTR;
    $at += $count || 0;
  }
}

# Status, proof and body of the whole reply. One that is cut off means that the editor went away, and Node asks the next.
sub reply {
  my $reply = '';
  while (1) {
    wait_for($gate, 0, $started + $seconds) or to_node('no answer in time');
    my $count = sysread $gate, $reply, 65_536, length $reply;
    next if !defined $count && $! == $EINTR;
    last if !$count || is_whole($reply);
    to_node('unusable answer') if length $reply > $MAX_REPLY;
  }
  my ($head) = $reply =~ /\A(HTTP\/1\.[01] \d{3} .*?\r\n)\r\n/s or to_node('connection lost');
  my $body = substr $reply, length($head) + 2;
  my ($length) = $head =~ /\r\ncontent-length: *(\d+)\r\n/i;
  to_node('connection lost') if defined $length && $length != length $body;
  my ($proof) = $head =~ /\r\nx-interlock-proof: *([0-9a-f]+)\r\n/i;
  return (substr($head, 9, 3), $proof, $body);
}

# As far as the reply says itself how long it is.
sub is_whole {
  my ($reply) = @_;
  return $reply =~ /\A(HTTP[^\n]*\r\n(?:[^\r\n]+\r\n)*?content-length: *(\d+)\r\n(?:[^\r\n]+\r\n)*\r\n)/i && length($reply) >= length($1) + $2;
}

# The answer as `JSON.stringify` writes it: an object of two strings and a number, and nothing beside.
sub answer {
  my ($text) = @_;
  my %answer;
  $text =~ /\G\{/gc or return;
  do {
    $text =~ /\G"(stdout|stderr|exitCode)":/gc or return;
    my $name = $1;
    return if exists $answer{$name};
    $answer{$name} = $name eq 'exitCode' ? number(\$text) : string(\$text);
    return unless defined $answer{$name};
  } while $text =~ /\G,/gc;
  return $text =~ /\G\}\z/gc && keys %answer == 3 ? \%answer : undef;
}

sub number {
  my ($text) = @_;
  return $$text =~ /\G(0|[1-9]\d{0,2})/gc && $1 < 256 ? $1 : undef;
}

sub string {
  my ($text) = @_;
  $$text =~ /\G"/gc or return;
  my $from = pos $$text;
  # Without groups that are remembered: for each of those Perl may copy the whole text.
  1 while $$text =~ /\G(?:[^"\\\x00-\x1f]+|\\["\\\/bfnrt]|\\u00[01][0-9a-f]|\\ud[89a-f][0-9a-f][0-9a-f])/gc;
  my $string = substr $$text, $from, pos($$text) - $from;
  $$text =~ /\G"/gc or return;
  my %plain = (b => "\b", f => "\f", n => "\n", r => "\r", t => "\t");
  # Half a surrogate pair is written as Node would write it.
  $string =~ s/\\(?:u(....)|(.))/defined $1 ? ($1 =~ m{^d} ? "\xef\xbf\xbd" : chr hex $1) : defined $plain{$2} ? $plain{$2} : $2/ge;
  return $string;
}

sub say_all {
  my ($to, $text) = @_;
  for (my $at = 0; $at < length $text;) {
    my $count = syswrite $to, $text, length($text) - $at, $at;
    return if !defined $count && $! != $EINTR;
    $at += $count || 0;
  }
  return 1;
}

# True once the handle can be read or written, false at the end of the time. Ends with the launcher: then nobody waits for the answer.
sub wait_for {
  my ($handle, $to_write, $until) = @_;
  vec(my $wanted = '', fileno $handle, 1) = 1;
  while (1) {
    exit $REFUSED if getppid != $launcher;
    my $ready = $wanted;
    my $count = $to_write ? select undef, $ready, undef, 0.5 : select $ready, undef, undef, 0.5;
    return 1 if $count > 0;
    return if time >= $until;
  }
}

# Becomes Node, which finds on its standard input what this has read and what is still to come.
sub to_node {
  my ($so_far) = @_;
  # It would have asked nobody: Node judges as well.
  $so_far = defined $so_far && $so_far eq 'no answer in time' ? 'standby hangs' : 'no standby' if $by_standby;
  close $gate;
  $SIG{PIPE} = 'DEFAULT';
  $ENV{INTERLOCK_SO_FAR} = $so_far if defined $so_far;
  $ENV{INTERLOCK_SINCE} = $started;
  $ENV{INTERLOCK_REQUEST} = $id if defined $id;
  pipe my $reading, my $writing or exit $REFUSED;
  my $feeder = fork;
  exit $REFUSED unless defined $feeder;
  feed($writing, $reading) unless $feeder;
  open STDIN, '<&', $reading or exit $REFUSED;
  close $writing;
  exec { $node } $node, @program;
  syswrite STDERR, "Interlock cannot look at this: no Node could be started. Nothing was run. Start the editor once, then try again.\n";
  exit $REFUSED;
}

# In a process of its own, for as long as there is a Node to read it.
sub feed {
  my ($writing, $reading) = @_;
  close $reading;
  # Whoever waits for the end of the answer must not wait for this.
  close STDOUT;
  close STDERR;
  $launcher = getppid;
  say_all($writing, $payload) or exit;
  while (wait_for(\*STDIN, 0, $started + 2 * $STDIN_SECONDS)) {
    my $count = sysread STDIN, my $more, 65_536;
    next if !defined $count && $! == $EINTR;
    last if !$count;
    say_all($writing, $more) or last;
  }
  exit;
}
