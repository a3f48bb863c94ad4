"""A request for data that are not published yet."""

from __future__ import annotations

from participation.kind import Field, Kind, text_field

KIND = Kind(
    name="solicitud",
    label="Solicitud de datos",
    noun="solicitud de datos",
    prompt="¿Le faltan datos? Diga cuáles: otras personas pueden sumarse, y la dependencia decide con base en ello.",
    button="Enviar solicitud",
    text=text_field("Qué datos necesita y para qué"),
    order=30,
    title="datos",
    fields=(
        Field(
            "datos", "Nombre de los datos", "Por ejemplo: Tiempos de espera en urgencias.", required=True, shortest=4
        ),
        Field("institucion", "Institución que los genera", "Si la sabe."),
        Field("clase", "Tipo de datos", choices=(("tabla", "Tabla"), ("mapa", "Mapa"), ("texto", "Texto"))),
        Field(
            "tiempo",
            "Resolución en el tiempo",
            choices=(
                ("diaria", "Por día"),
                ("semanal", "Por semana"),
                ("mensual", "Por mes"),
                ("trimestral", "Por trimestre"),
                ("anual", "Por año"),
                ("otra", "Otra"),
            ),
        ),
        Field(
            "territorio",
            "Resolución en el territorio",
            choices=(
                ("punto", "Punto o domicilio"),
                ("localidad", "Localidad o colonia"),
                ("municipio", "Municipio o alcaldía"),
                ("entidad", "Entidad federativa"),
                ("nacional", "Nacional"),
                ("otra", "Otra"),
            ),
        ),
        Field("desde", "Periodo: desde", type="date", longest=10),
        Field("hasta", "Periodo: hasta", type="date", longest=10),
        Field(
            "formato",
            "Formato deseado",
            choices=(
                ("csv", "CSV"),
                ("xlsx", "Excel (XLSX)"),
                ("json", "JSON"),
                ("geojson", "GeoJSON"),
                ("shp", "Shapefile"),
                ("parquet", "Parquet"),
                ("api", "API"),
                ("otro", "Otro"),
            ),
        ),
    ),
)
