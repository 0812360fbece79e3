// The Go team's verifier (x/mod/sumdb) behind a line protocol: one JSON question a line, one JSON answer a line.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Op           string
	Entries      []string
	Index        int64
	Old, Size    int64
	OldRoot      []byte
	Root         []byte
	Leaf         []byte
	Proof        [][]byte
	Tiles        map[string][]byte
	Key, Message string
}

type answer struct {
	Valid  bool
	Hashes [][]byte `json:",omitempty"`
	Text   string   `json:",omitempty"`
}

func hash(b []byte) (h tlog.Hash) {
	copy(h[:], b)
	return
}

func hashes(all [][]byte) (found []tlog.Hash) {
	for _, each := range all {
		found = append(found, hash(each))
	}
	return
}

func plain(all []tlog.Hash) (found [][]byte) {
	for i := range all {
		found = append(found, append([]byte{}, all[i][:]...))
	}
	return
}

// store keeps the hashes of a tree as the Go team's log does.
type store []tlog.Hash

func (s store) ReadHashes(indexes []int64) (found []tlog.Hash, err error) {
	for _, each := range indexes {
		found = append(found, s[each])
	}
	return
}

func grown(entries []string) (s store, err error) {
	for i, each := range entries {
		var more []tlog.Hash
		if more, err = tlog.StoredHashes(int64(i), []byte(each), s); err != nil {
			return
		}
		s = append(s, more...)
	}
	return
}

// tiles are read from what was sent, by their paths.
type tiles map[string][]byte

func (t tiles) Height() int                         { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(asked []tlog.Tile) (found [][]byte, err error) {
	for _, each := range asked {
		data, there := t[each.Path()]
		if !there {
			return nil, fmt.Errorf("no tile %s", each.Path())
		}
		found = append(found, data)
	}
	return
}

func leaves(q question) (a answer, err error) {
	tree := tlog.Tree{N: q.Size, Hash: hash(q.Root)}
	var indexes []int64
	for i := int64(0); i < q.Size; i++ {
		indexes = append(indexes, tlog.StoredHashIndex(0, i))
	}
	found, err := tlog.TileHashReader(tree, tiles(q.Tiles)).ReadHashes(indexes)
	return answer{Hashes: plain(found)}, err
}

func asked(q question) (a answer, err error) {
	switch q.Op {
	case "inclusion":
		err = tlog.CheckRecord(hashes(q.Proof), q.Size, hash(q.Root), q.Index, hash(q.Leaf))
	case "consistency":
		err = tlog.CheckTree(hashes(q.Proof), q.Size, hash(q.Root), q.Old, hash(q.OldRoot))
	case "prove inclusion", "prove consistency", "root":
		var s store
		if s, err = grown(q.Entries); err != nil {
			return
		}
		var found []tlog.Hash
		if q.Op == "root" {
			var h tlog.Hash
			h, err = tlog.TreeHash(q.Size, s)
			found = []tlog.Hash{h}
		} else if q.Op == "prove inclusion" {
			found, err = tlog.ProveRecord(q.Size, q.Index, s)
		} else {
			found, err = tlog.ProveTree(q.Size, q.Old, s)
		}
		a.Hashes = plain(found)
	case "leaves":
		a, err = leaves(q)
	case "open":
		var v note.Verifier
		if v, err = note.NewVerifier(q.Key); err != nil {
			return
		}
		var n *note.Note
		if n, err = note.Open([]byte(q.Message), note.VerifierList(v)); err == nil {
			a.Text = n.Text
		}
	case "sign":
		var s note.Signer
		if s, err = note.NewSigner(q.Key); err != nil {
			return
		}
		var signed []byte
		signed, err = note.Sign(&note.Note{Text: q.Message}, s)
		a.Text = string(signed)
	default:
		err = fmt.Errorf("no such question: %s", q.Op)
	}
	return
}

func main() {
	in, out := bufio.NewReaderSize(os.Stdin, 1<<20), json.NewEncoder(os.Stdout)
	questions := json.NewDecoder(in)
	for questions.More() {
		var q question
		if err := questions.Decode(&q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		a, err := asked(q)
		if err == nil {
			a.Valid = true
		} else if a.Text = err.Error(); true {
			a.Hashes = nil
		}
		if err := out.Encode(a); err != nil {
			os.Exit(1)
		}
	}
}
