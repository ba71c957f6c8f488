"""Every address of the site: Dutch at the root, the other languages under their code."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path, register_converter

from raamwerk.site import about, comparison, sources, start
from raamwerk.web import health, metrics, problems, security_text
from raamwerk.worksheets.views import earlier_addresses, mine, overview, points, role, save

register_converter(start.KnownFramework, "known_framework")

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.healthz, name="readyz"),
    path("livez", health.livez, name="livez"),
    path("metrics", metrics.metrics, name="metrics"),
    path(".well-known/security.txt", security_text.security_text, name="security-text"),
]
urlpatterns += i18n_patterns(
    path("", start.start, name="start"),
    path("privacy/", about.privacy, name="privacy"),
    path("toegankelijkheid/", about.accessibility, name="accessibility"),
    path("over/", about.about, name="about"),
    path("voor-scholen/", about.schools, name="schools"),
    path("voor-eigenaren/", about.owners, name="owners"),
    path("werkbladen/", mine.worksheets, name="worksheets"),
    path("werkbladen/punten/", points.points, name="points"),
    path("werkbladen/beginnen/", save.begin, name="begin"),
    path("werkbladen/bewaren/", save.save, name="save"),
    path("werkbladen/nieuw/", mine.begin_another, name="begin-another"),
    path("werkbladen/naam/", mine.rename, name="rename"),
    path("werkbladen/editie/", mine.take_to_new_edition, name="take-to-new-edition"),
    path("werkbladen/overnemen/", mine.take_over_earlier, name="take-over"),
    path("werkbladen/wissen/", mine.erase, name="erase"),
    path("werkblad/", earlier_addresses.worksheets),
    path("werkblad/wissen/", earlier_addresses.erase),
    path("werkblad/bewaren/", earlier_addresses.save),
    path("werkblad/overzicht/", earlier_addresses.overview),
    path("werkblad/overzicht/<str:format_id>/", earlier_addresses.overview),
    path("<known_framework:framework>/", start.framework_start, name="framework"),
    path("<slug:framework>/bronnen/", sources.sources, name="sources"),
    path("<slug:framework>/wie-doet-wat/", comparison.comparison, name="comparison"),
    path("<slug:framework>/<slug:role>/", role.role_page, name="role"),
    path("<slug:framework>/<slug:role>/overzicht/", overview.overview, name="overview"),
    path(
        "<slug:framework>/<slug:role>/overzicht/<str:format_id>/",
        overview.download,
        name="download",
    ),
    prefix_default_language=False,
)

handler400 = problems.bad_request
handler403 = problems.forbidden
handler404 = problems.not_found
handler500 = problems.server_error
