from __future__ import annotations

import pytest

from i18n_pipeline.checks.safety.template import TEMPLATE
from i18n_pipeline.markdown import DEFAULT_EXTENSIONS
from tests.checks.subjects import found, subject

SOURCE = '{{< ref "a" >}} and {% raw %} and the set {a, b} {#id} `{x=1}`'
MDX = DEFAULT_EXTENSIONS | {"mdx"}


@pytest.mark.parametrize(
    "target",
    [SOURCE, '{{< ref "a" >}}{{< ref "a" >}}', "集合 {あ}", "&amp; &lt;", "{#id} `{x=1}`"],
)
def test_template_tags_of_the_source_may_stand_anywhere_in_the_target(target: str) -> None:
    assert found(TEMPLATE, subject(SOURCE, target)) == []


@pytest.mark.parametrize(
    ("target", "mark"),
    [
        ("{{ site.secret }}", "{{ site.secret }}"),
        ("`{{ site.secret }}`", "{{ site.secret }}"),
        ("{% include x %}", "{% include x %}"),
        ("{{ x", "{{"),
        ("x %}", "%}"),
        ("&#123;&#123; 7*7 &#125;&#125;", "{{ 7*7 }}"),
        ("\\{\\{ 7*7 }}", "{{ 7*7 }}"),
        ("{{\n7*7 }}", "{{ 7*7 }}"),
        ("見出し {#other}", "{#other}"),
        ("見出し {onclick=alert(1)}", "{onclick=alert(1)}"),
        ("{: .evil }", "{: .evil }"),
        ("<%= site.secret %>", "<%= site.secret %>"),
        ("x %>", "%>"),
    ],
)
def test_template_syntax_of_the_targets_own_is_refused(target: str, mark: str) -> None:
    messages = found(TEMPLATE, subject(SOURCE, target))
    assert f"`{mark}` is template syntax that is not in the source" in messages


@pytest.mark.parametrize(
    ("target", "messages"),
    [
        ("{props.name} さん", []),
        ("`{x}` と \\{y\\}", []),
        ("{process.env}", ["`{process.env}` is template syntax that is not in the source"]),
        ("{a {b} c}", ["`{a {b} c}` is template syntax that is not in the source"]),
        ("あ { い", ["`{` is template syntax that is not in the source"]),
        ("あ } い", ["`}` is template syntax that is not in the source"]),
    ],
)
def test_every_brace_counts_in_mdx(target: str, messages: list[str]) -> None:
    one = subject("Dear {props.name}", target, extensions=MDX)
    assert found(TEMPLATE, one) == messages


def test_braces_mean_nothing_without_mdx() -> None:
    assert found(TEMPLATE, subject("Dear reader", "{x} { y")) == []
