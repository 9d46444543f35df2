"""Short lists of English: spellings of one word, abbreviations, names that are words too.

Each is a list of what is sure, and short for that: what is missing in it costs somebody a look.
"""

from __future__ import annotations

_NAMES_TOO = (
    "access ada amazon ambassador angular apache apple arrow atlas azure babel bash bert bison"
    " calico carbon cat chef china chrome cilium circle click cobra code cypress dart dash deno"
    " docker dragonfly drone drupal eclipse edge elastic elixir ember envoy erlang escher excel"
    " express falcon fedora fission flask flink flux flow go grace gradle harbor haskell helm hive"
    " ignite ionic iron istio jack jasmine java jenkins jest julia jupiter keel kind kotlin kudu"
    " lambda lens linkerd linux lotus lua mac mail march mark mars may mercurial mercury mesa meta"
    " mint mongo morpheus nagios nest nim nix node nomad notary numbers oak oracle outlook packer"
    " pages pandas parity pascal perl phoenix pig pod podman polish polaris presto prolog prism"
    " puppet pulsar python rails ray react realm red redis reading ruby rook rust sage salt scala"
    " scheme sedna septa signal slack solid solo spark spinnaker splunk spring steam storm swift"
    " tableau teams tempo terraform thanos theia travis turkey unity unix vault velero vim virtual"
    " vitess volcano vulcan wave windows word zeek zephyr zig august english german french dutch"
    " will mark bill rob sue pat frank grant josh nick jean june april dawn hope faith joy rose"
    " moor job nice mobile cologne lima sierra delta victor romeo catholic democrat republican"
    " turing gauss newton kelvin pascal watt ampere hertz volt ohm earth moon sun"
    " transformer transformers adam rag"
)
NAMES_TOO = frozenset(_NAMES_TOO.split())
"""English words that name something else with a capital."""

_OFTEN_SHOUTED = "note notes warning warnings tip important caution info example"
OFTEN_SHOUTED = frozenset(_OFTEN_SHOUTED.split())
"""Words that are written in capitals at the head of a text, and mean the same there."""

_PLAIN_WORDS = "the of with from this that these those"
PLAIN_WORDS = frozenset(_PLAIN_WORDS.split())
"""Words that are no names, however they are written inside a sentence."""

_OF_CLAUSES = "a an it they we you he she there here in on for by"
OF_CLAUSES = PLAIN_WORDS | frozenset(_OF_CLAUSES.split())
"""Words that begin a clause, and are no names there."""

_NEVER_NAMES = "is are be do does your our their its you how when why what into between using"
NEVER_NAMES = OF_CLAUSES | frozenset(_NEVER_NAMES.split())
"""Words that have a capital inside a heading only where all of its words do."""

_UNITS = (
    "kb mb gb tb pb kib mib gib tib kbit mbit gbit tbit kbps mbps gbps tbps kw mw gw tw kwh mwh"
    " gwh twh hz khz mhz ghz thz pa kpa mpa gpa ms ns us ps km cm mm nm kg mg ug ml kl ma mv kv"
    " db ev kev mev gev tev kn mn mol mmol kmol"
)
UNITS = frozenset(_UNITS.split())
"""Units, in small letters: a capital in them is another power of ten, or another measure."""

_SPACED_UNITS = (
    "kB KB MB GB TB PB KiB MiB GiB TiB bit bits byte bytes Hz kHz MHz GHz ms km cm mm kg px"
)
SPACED_UNITS = frozenset(_SPACED_UNITS.split())
"""Units that may stand close to their number, or apart from it."""

_ABBREVIATED = (
    "etc vs approx fig figs eq sec inc ltd corp dept dr mr mrs ms prof no nos st vol ver cf al"
    " resp ca pp ed eds gen min max avg est"
)
ABBREVIATED = frozenset(_ABBREVIATED.split())
"""Words after which a point ends no sentence."""

INTRODUCTIONS = frozenset(
    {"for example", "for instance", "in addition", "in contrast", "therefore", "furthermore"}
    | {"moreover", "additionally", "as a result", "in particular", "nevertheless"}
)
"""Words at the head of a sentence that say the same with a comma after them and without one."""

ENUMERATING = frozenset({"i.e", "e.g"})
"""After these a comma changes nothing."""

_PAIRED = {
    "high": "quality level resolution performance dimensional speed precision frequency bandwidth",
    "low": "quality level resolution cost dimensional latency precision rank power",
    "large": "scale",
    "small": "scale",
    "open": "source",
    "real": "time",
    "long": "term",
    "short": "term",
    "third": "party",
    "command": "line",
    "fine": "tuning grained",
    "cross": "validation entropy",
    "zero": "shot",
    "well": "known",
}
HYPHENATED = frozenset((one, other) for one, all_ in _PAIRED.items() for other in all_.split())
"""Two words that are written with a hyphen or with a blank between them."""

_TOGETHER = (
    "data-set back-end front-end code-base file-name host-name time-stamp web-site data-base"
    " work-load name-space white-space web-page home-page hyper-parameter sub-word"
    " tool-chain work-space spread-sheet"
)
TOGETHER = frozenset(_TOGETHER.split())
"""Words that are written apart as well (`data set`), and mean the same after a determiner."""

_DETERMINERS = "a an the this that these those each every its our your their another such same new"
DETERMINERS = frozenset(_DETERMINERS.split())
"""Words after which two nouns are one: `a data set`; elsewhere the first may be a verb."""

PREFIXES = ("pre", "multi", "hyper", "micro", "semi", "intra")
"""Beginnings of words that are written with a hyphen, or without."""

_JOINED = (
    "pre-defined non-linear non-zero non-linearity non-empty non-negative multi-lingual"
    " multi-media multi-tasking sub-process e-mail on-line micro-service semi-conductor meta-data"
    " non-existent non-standard non-interactive sub-section"
)
JOINED = frozenset(_JOINED.split())
"""Words that a hyphen after their first part makes no other words of."""

AMERICAN = {
    "centre": "center",
    "centres": "centers",
    "centred": "centered",
    "theatre": "theater",
    "fibre": "fiber",
    "fibres": "fibers",
    "litre": "liter",
    "litres": "liters",
    "catalogue": "catalog",
    "catalogues": "catalogs",
    "defence": "defense",
    "defences": "defenses",
    "offence": "offense",
    "offences": "offenses",
    "grey": "gray",
    "artefact": "artifact",
    "artefacts": "artifacts",
}
"""British spellings, and what they are in American ones."""

_DOUBLING = (
    "model label travel cancel signal channel total tunnel level marshal initial equal fuel dial"
    " panel pencil jewel counsel quarrel marvel spiral"
)
DOUBLING = frozenset(_DOUBLING.split())
"""Verbs whose last letter is doubled in British forms: `modelled`, `modeling`."""

_BRITISH = (
    "metre metres tyre tyres storey storeys cheque cheques kerb kerbs draught draughts programme"
    " programmes practise practises practised practising gaol plough mould moulds spectre sabre"
    " lustre meagre sombre manoeuvre pyjamas sceptre mitre ochre foetus enquiry enquiries"
)
BRITISH = frozenset(_BRITISH.split())
"""Words of Great Britain that are no slips, though no American list has them."""

_TIMES = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january"
    " february march april may june july august september october november december spring summer"
    " autumn fall winter morning noon evening midnight today tomorrow yesterday"
)
TIMES = frozenset(_TIMES.split())
"""Words between which a dash says from when to when."""
