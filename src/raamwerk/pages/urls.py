"""Every address of the site: Dutch at the root, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from raamwerk.pages import (
    comparison,
    health,
    metrics,
    overview_page,
    problems,
    role_page,
    saving,
    security_text,
    sources,
    start,
    static_files,
    trust,
    worksheets_page,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.healthz, name="readyz"),
    path("livez", health.livez, name="livez"),
    path("metrics", metrics.metrics, name="metrics"),
    path(".well-known/security.txt", security_text.security_text, name="security-text"),
    path("static/<str:name>", static_files.static_file, name="static"),
]
urlpatterns += i18n_patterns(
    path("", start.start, name="start"),
    path("privacy/", trust.privacy, name="privacy"),
    path("toegankelijkheid/", trust.accessibility, name="accessibility"),
    path("over/", trust.about, name="about"),
    path("werkblad/", worksheets_page.worksheets, name="worksheets"),
    path("werkblad/wissen/", worksheets_page.erase, name="erase"),
    path("werkblad/bewaren/", saving.save, name="save"),
    path("werkblad/overzicht/", overview_page.overview, name="overview"),
    path("werkblad/overzicht/<str:format_id>/", overview_page.download, name="download"),
    path("<slug:framework>/bronnen/", sources.sources, name="sources"),
    path("<slug:framework>/wie-doet-wat/", comparison.comparison, name="comparison"),
    path("<slug:framework>/<slug:role>/", role_page.role_page, name="role"),
    prefix_default_language=False,
)

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.server_error
