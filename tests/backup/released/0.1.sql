BEGIN TRANSACTION;
CREATE TABLE archive (contents TEXT NOT NULL);
INSERT INTO "archive" VALUES('{"format": 1, "migration": "0003_one_index_is_enough", "tables": ["worksheets_attentionpoint", "worksheets_key", "worksheets_mark", "worksheets_worksheet"], "rows": 10, "checksum": "34c0953bedd0e7391a4ac8776aa84cf96d82eb0b1c60920f5cf7128b210fd905"}');
CREATE TABLE worksheets_attentionpoint (id, field, text, writer, sequence, worksheet_id);
INSERT INTO "worksheets_attentionpoint" VALUES(1,'visie-rol','Woorden van toen: ünïcode ✓
met regels','w',1,1);
INSERT INTO "worksheets_attentionpoint" VALUES(2,'orientatie-rol','Nog een veld, in twee
regels','w',2,2);
INSERT INTO "worksheets_attentionpoint" VALUES(3,'visie-rol','Van iemand anders','w',1,3);
CREATE TABLE worksheets_key (id, digest, created_at);
INSERT INTO "worksheets_key" VALUES(2,'30329e6672d47ed68335b2af12c129956345c61188152e8218c485bd7d6cc356','2026-11-25T04:34:46.501102+00:00');
INSERT INTO "worksheets_key" VALUES(3,'f188812653cf28fc8a3b081c5119f3e35c0535c2e41fb01eae410a111edb63d9','2026-11-25T04:34:46.540018+00:00');
CREATE TABLE worksheets_mark (id, statement, kind, worksheet_id);
INSERT INTO "worksheets_mark" VALUES(1,'mentor-visie-rol-1','work-on',1);
INSERT INTO "worksheets_mark" VALUES(2,'mentor-visie-rol-1','talk-over',1);
CREATE TABLE worksheets_worksheet (id, framework, edition, role, name, school, occasion, changed_at, key_id);
INSERT INTO "worksheets_worksheet" VALUES(1,'lob','2026-1','mentor','Zoë','Het College','','2026-11-25T04:34:46.531857+00:00',2);
INSERT INTO "worksheets_worksheet" VALUES(2,'lob','2026-1','decaan','','','','2026-11-25T04:34:46.534570+00:00',2);
INSERT INTO "worksheets_worksheet" VALUES(3,'lob','2026-1','mentor','','','','2026-11-25T04:34:46.539227+00:00',3);
COMMIT;
PRAGMA application_id=1382113645;
